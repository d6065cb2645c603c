import type { codeEnglish } from './code.en';

export const codeChinese: typeof codeEnglish = {
  code: {
    get: '获取代码',
    title: '此请求的代码',
    language: '语言',
    target: '发送到',
    app: '本应用',
    gateway: '网关',
    environment: '先设置一次',
    appKey: '密钥即本应用的密码；没有密码时可填任意内容。',
    gatewayKey: '填写贵公司网关的地址和密钥。',
    request: '请求',
    cost: '运行后会再次发送同样的请求，并照常计费。',
    copy: '复制',
    save: '保存',
    files: '文件',
    filesHint: '代码会读取这些文件：请保存到运行代码的文件夹中。',
    gone: '{name} 已不再保存',
    unknown: '此浏览器不知道该次运行发送的内容。',
  },
};
