import { expect, type Locator, type Page } from '@playwright/test';
import type { SeenRequest } from './fault-upstream';

/** The Chat page as a test handles it. */
export interface ChatPage {
  page: Page;
  composer: Locator;
  messages: Locator;
  /** The newest message. */
  last: Locator;
  pictures: Locator;
  problems: Locator;
  conversations: Locator;
  /** Writes a message and sends it by Enter. */
  say(text: string): Promise<void>;
  /** The same, and waits until its answer has ended. */
  ask(text: string): Promise<void>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  /** Picks one of a group of the settings, as the mouse does. */
  choose(group: string, value: string): Promise<void>;
}

/** Opens the Chat page and waits until something can be written. */
export async function openChat(page: Page, url = ''): Promise<ChatPage> {
  await page.goto(`${url}/chat`);
  return chatOn(page);
}

/** The Chat page that is open already. */
export async function chatOn(page: Page): Promise<ChatPage> {
  const composer = page.getByTestId('composer');
  const messages = page.getByTestId('message');
  await expect(composer).toHaveAttribute('aria-busy', 'false');
  const idle = () => expect(page.getByTestId('send')).toBeVisible();
  const say = async (text: string) => {
    const before = await messages.count();
    await composer.fill(text);
    await composer.press('Enter');
    await expect(messages).toHaveCount(before + 2);
  };
  return {
    page,
    composer,
    messages,
    last: messages.last(),
    pictures: page.getByTestId('result-image'),
    problems: page.getByTestId('problem'),
    conversations: page.getByTestId('conversation'),
    say,
    async ask(text) {
      await say(text);
      await idle();
    },
    idle,
    async choose(group, value) {
      const choices = page.getByRole('group', { name: group, exact: true });
      await choices.getByText(value, { exact: true }).click();
    },
  };
}

/** What the upstream was sent by the newest request with this in it. */
export function sentBody(requests: readonly SeenRequest[], text: string) {
  const found = requests.filter(({ body, complete }) => complete && body.includes(text)).at(-1);
  return JSON.parse(String(found?.body)) as {
    model: string;
    stream: boolean;
    messages: { role: string; content: unknown; [field: string]: unknown }[];
  };
}
