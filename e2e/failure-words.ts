// What the page says of a run that failed, in both languages, as designers are to read it.

/** Words of the title, and of the advice. */
export const failureWords = {
  unreachable: {
    en: ['The gateway cannot be reached', 'the gateway does not respond'],
    zh: ['无法连接网关', '网关没有响应'],
  },
  upload_cut: {
    en: ['The gateway stopped the upload', 'fewer or smaller pictures'],
    zh: ['网关中断了上传', '请减少图片'],
  },
  hung_up: {
    en: ['The gateway gave no answer', 'then closed the connection'],
    zh: ['网关没有给出结果', '断开了连接'],
  },
  timeout: {
    en: ['The gateway took too long', 'try a smaller size'],
    zh: ['网关响应超时', '换小一些的尺寸'],
  },
  broken_answer: {
    en: ['The answer could not be read', 'contains no picture'],
    zh: ['结果无法读取', '内容里没有图片'],
  },
  broken_off: {
    en: ['The answer is incomplete', 'stopped before the end'],
    zh: ['结果不完整', '中途停止'],
  },
  answer_too_large: {
    en: ['The answer was too large', 'Request fewer pictures'],
    zh: ['结果过大', '请减少张数'],
  },
  operator: {
    en: ['The server is misconfigured', 'Your request is fine'],
    zh: ['服务器配置有误', '你的请求没有问题'],
  },
  prompt_refused: {
    en: ['The prompt was refused', 'Reword'],
    zh: ['提示词未通过审核', '请改写'],
  },
  output_refused: {
    en: ['The picture was held back', 'milder wording helps'],
    zh: ['图片未通过审核', '措辞温和一些'],
  },
  rate_limit: {
    en: ['Too many requests', 'Try again in 24 hours'],
    zh: ['请求太频繁', '24 小时后'],
  },
  quota_spent: {
    en: ['account is used up', 'top up the account'],
    zh: ['额度已用完', '充值'],
  },
  too_large: {
    en: ['The request is too large', 'fewer or smaller pictures'],
    zh: ['请求过大', '请减少图片'],
  },
  refused: {
    en: ['The gateway refused these settings', 'The reason is below'],
    zh: ['网关不接受这些设置', '原因见下方'],
  },
  server_error: {
    en: ['Something failed on the server', 'Your prompt is not the cause'],
    zh: ['服务器出错', '与你的提示词无关'],
  },
  hidden_host: {
    en: ['The server does not know its own address', 'PUBLIC_ORIGIN=http'],
    zh: ['服务器不知道自己的网址', 'PUBLIC_ORIGIN=http'],
  },
  proxy_too_large: {
    en: ['The request is too large for a proxy', 'nginx: client_max_body_size'],
    zh: ['请求超出代理的大小上限', 'nginx：client_max_body_size'],
  },
  proxy_unavailable: {
    en: ['The server is not responding', 'may be restarting'],
    zh: ['服务器没有响应', '可能正在重启'],
  },
  proxy_timeout: {
    en: ['A proxy timed out', 'nginx: proxy_read_timeout'],
    zh: ['代理等待超时', 'nginx：proxy_read_timeout'],
  },
} as const;

export const costWords = {
  charged: {
    en: 'It may have been charged.',
    zh: '这次可能已经计费。',
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
    en: 'is never sent twice.',
    zh: '不会重复发送。',
    button: { en: /^Try again$/, zh: /^重试$/ },
  },
} as const;
