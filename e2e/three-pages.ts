import { expect, type Page } from '@playwright/test';
import { openChat } from './chat-page';
import { addReferences, drawOn, openEdit, pictureFile } from './edit-page';
import { chunkOf } from './fault-kit';
import { onePixel, releaseStep } from './fault-upstream';

/** One of the pages that start runs, as a test handles them all alike. */
export interface RunPage {
  name: string;
  /** The fault whose answer comes step by step, and how many pictures are in it. */
  held: string;
  heldPictures: number;
  /** So much of it is shown before anything more of it is sent. */
  heldBytes: number;
  /** The fault that is none. */
  ok: string;
  /** Opens it, ready for a run. */
  open(page: Page, url: string): Promise<void>;
  /** Lets the first of a held answer come, and waits until it is shown. */
  showFirst(page: Page): Promise<void>;
  /** Starts a run with this text. */
  start(page: Page, text: string): Promise<void>;
  path: string;
  /** What its requests to the app look like. */
  post: RegExp;
}

const firstHeld = `{"created":1,"data":[{"b64_json":"${onePixel}"}`;
const showFirstPicture = async (page: Page) => {
  releaseStep();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
};
const startByForm = async (page: Page, text: string) => {
  await page.getByTestId('prompt').fill(text);
  await page.getByTestId('submit').click();
};

export const everyPage: readonly RunPage[] = [
  {
    name: 'Generate',
    path: '/',
    held: 'fault:held',
    heldPictures: 2,
    heldBytes: firstHeld.length,
    ok: 'fault:ok',
    post: /^POST \/api\/v1\/images\/generations/,
    async open(page, url) {
      await page.goto(url);
      await expect(page.getByTestId('submit')).toBeEnabled();
      // What is loaded when the browser is idle is there, so that nothing has to be loaded later on.
      await page.waitForLoadState('networkidle');
    },
    showFirst: showFirstPicture,
    start: startByForm,
  },
  {
    name: 'Edit',
    path: '/edit',
    held: 'fault:held',
    heldPictures: 2,
    heldBytes: firstHeld.length,
    ok: 'fault:ok',
    post: /^POST \/api\/v1\/images\/edits/,
    async open(page, url) {
      await openEdit(page, url);
      if ((await page.getByTestId('ref-thumb').count()) > 0) return;
      await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
      await drawOn(page.getByTestId('mask-surface'), [
        [0.3, 0.5],
        [0.6, 0.5],
      ]);
      // The painter's worker is there, so that nothing has to be loaded later on.
      await expect(page.getByText(/The mask covers .+ of the picture/)).toBeVisible();
    },
    showFirst: showFirstPicture,
    start: startByForm,
  },
  {
    name: 'Chat',
    path: '/chat',
    held: 'fault:chat-held',
    heldPictures: 1,
    heldBytes: chunkOf({ content: 'Drawing …' }).length,
    ok: 'fault:chat-images',
    post: /^POST \/api\/v1\/chat\/completions/,
    async open(page, url) {
      await openChat(page, url);
    },
    async showFirst(page) {
      await expect(page.getByText('Drawing …')).toBeVisible();
    },
    async start(page, text) {
      await page.getByTestId('composer').fill(text);
      await page.getByTestId('composer').press('Enter');
    },
  },
];

/**
 * The pages that a situation is tried on. They carry their runs by the same code, so the ordinary tests
 * leave Edit and Chat to `npm run test:long`.
 */
export const runPages = everyPage.filter(
  ({ name }) => process.env.EVERY_PAGE || name === 'Generate',
);

/** Waits until something is under way on the page. */
export async function isUnderWay(page: Page): Promise<void> {
  await expect(page.getByTestId('stop').first()).toBeVisible();
}

/** Lets an answer that is held go on, to its end, and waits until the page has all of it. */
export async function finish(page: Page, pictures: number): Promise<void> {
  const underWay = page.getByTestId('stop');
  await expect
    .poll(async () => {
      releaseStep();
      return [await page.getByTestId('result-image').count(), await underWay.count()];
    })
    .toEqual([pictures, 0]);
}

/** The words of the page about a server that does not answer. */
export const lostWords = 'The server cannot be reached.';
