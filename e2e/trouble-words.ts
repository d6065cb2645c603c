import { expect, type Locator, type Page } from '@playwright/test';

// What cards and messages say of trouble, in both languages.

/** A language of the pages. */
type Language = 'en' | 'zh';

/** Words of the title, and of the advice. */
const words = {
  unreachable: {
    en: ['The gateway cannot be reached', 'takes no requests'],
    zh: ['连不上网关', '不接受请求'],
  },
  upload_cut: {
    en: ['The gateway broke off the upload', 'fewer or smaller pictures'],
    zh: ['网关中断了上传', '请减少图片'],
  },
  hung_up: {
    en: ['The gateway gave no answer', 'then closed the connection'],
    zh: ['网关没有给出结果', '随后断开了连接'],
  },
  timeout: {
    en: ['The gateway took too long', 'try a smaller size'],
    zh: ['网关响应超时', '换小一点的尺寸'],
  },
  broken_answer: {
    en: ['The answer could not be read', 'holds no picture'],
    zh: ['返回的内容无法读取', '里面没有图片'],
  },
  broken_off: {
    en: ['The answer broke off', 'stopped in the middle'],
    zh: ['结果没有传完', '途中停下了'],
  },
  answer_too_large: {
    en: ['The answer was too large', 'Ask for fewer pictures'],
    zh: ['返回的内容过大', '请减少张数'],
  },
  operator: {
    en: ['This server is not set up right', 'Nothing is wrong with your request'],
    zh: ['服务器配置有误', '你的请求没有问题'],
  },
  prompt_refused: {
    en: ['The prompt was refused', 'Reword'],
    zh: ['提示词未通过审核', '请改写'],
  },
  output_refused: {
    en: ['The picture was held back', 'a gentler wording helps'],
    zh: ['图片未通过审核', '改得温和些'],
  },
  rate_limit: {
    en: ['Too many requests just now', 'asks for a pause'],
    zh: ['请求太频繁', '网关要求等待'],
  },
  too_large: {
    en: ['The request is too large', 'fewer or smaller pictures'],
    zh: ['请求过大', '请减少图片'],
  },
  refused: {
    en: ['The gateway refused these settings', 'It says why below'],
    zh: ['网关不接受这些设置', '原因见下方'],
  },
  server_error: {
    en: ['Something failed on the server', 'not your prompt'],
    zh: ['服务器出错', '与你的提示词无关'],
  },
  hidden_host: {
    en: ['This server does not know its own address', 'PUBLIC_ORIGIN=http'],
    zh: ['服务器不知道自己的网址', 'PUBLIC_ORIGIN=http'],
  },
  proxy_too_large: {
    en: ['Too large to get through to the playground', 'nginx: client_max_body_size'],
    zh: ['内容太大，无法送达本站', 'nginx：client_max_body_size'],
  },
  proxy_unavailable: {
    en: ['The playground is not answering', 'may be restarting'],
    zh: ['本站暂时没有响应', '可能正在重启'],
  },
  proxy_timeout: {
    en: ['A server in between gave up waiting', 'nginx: proxy_read_timeout'],
    zh: ['中间的服务器等待超时', 'nginx：proxy_read_timeout'],
  },
} as const;

const costs = {
  charged: {
    en: 'It may have been charged.',
    zh: '这次请求可能已经计费。',
    button: {
      en: /^(Try|Ask) again · may be charged again$/,
      zh: /^(重试（|重新生成 · )可能再次计费/,
    },
  },
  free: {
    en: 'Nothing was made.',
    zh: '这次没有生成任何内容。',
    button: { en: /^(Try|Ask) again$/, zh: /^(重试|重新生成)$/ },
  },
  'safe to repeat': {
    en: 'found again, never sent twice.',
    zh: '不会重复发送。',
    button: { en: /^Try again$/, zh: /^重试$/ },
  },
} as const;

/** A fault of the upstream, the trouble that it is to the page, and what it cost. */
export type TroubleRow = readonly [
  fault: string,
  kind: keyof typeof words,
  cost: keyof typeof costs,
];

/** A prompt that has the upstream fail so, with its name to be found by. */
export const promptOf = (fault: string) => `(${fault}) fault:${fault}`;

/** Checks what a card or message says, in a language. */
export async function expectTrouble(
  place: Locator,
  [, kind, cost]: TroubleRow,
  language: Language,
) {
  const problem = place.getByTestId('problem');
  const [title, advice] = words[kind][language];
  await expect(problem).toContainText(title);
  await expect(problem).toContainText(advice);
  await expect(problem).toContainText(costs[cost][language]);
  for (const other of ['charged', 'free'] as const) {
    if (other !== cost) await expect(problem).not.toContainText(costs[other][language]);
  }
  const button = problem.getByRole('button', { name: costs[cost].button[language] });
  await expect(button).toHaveCount(1);
  await expect(button).toBeEnabled();
}

/** Switches the page to a language. */
export async function switchTo(page: Page, language: Language) {
  await page.getByRole('button', { name: language === 'zh' ? '中文' : 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-CN' : 'en');
}
