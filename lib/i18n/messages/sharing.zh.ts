import type { sharingEnglish } from './sharing.en';

export const sharingChinese: typeof sharingEnglish = {
  turn: {
    line: '{per, select, hour {本小时} minute {本分钟} other {{time} 内}}已用 {used}/{limit}{waiting, plural, =0 {} other {，# 个排队}}',
    inLine: '{place, selectordinal, =1 {下一个就轮到你} other {排在第 # 位}}，预计 {time} 左右',
    joining: '正在排队…',
    yours: '轮到你了，正在发送…',
    shared:
      '网关限制了所有人合计使用 {model} 的次数{line, select, none {} other {（{line}）}}，请求较少的人优先。轮到你时会自动发送；在此之前不会发送，也不会计费。',
    kept: '请求不会丢失：可以使用本站的其他页面、刷新页面，或把标签页留在后台。如果三分钟内没有打开本站的任何页面，位置会让给别人；请求仍保存在这个浏览器里，下次打开时会重新排队。',
    leave: '退出排队',
    requestsPerMinute: '每人每分钟最多发送 {limit} 个请求，你已经发送了 {used} 个。',
    runsAtOnce:
      '每人最多同时进行 {limit} 个请求，你有 {used} 个正在进行。其中一个结束后，这个请求就会发送。',
    byItself: '目前没有发送，也没有计费。{time} 后会自动发送。',
    soon: '目前没有发送，也没有计费，稍后会自动发送。',
    cancel: '不再发送',
    spoken: '正在等待，稍后会自动发送。',
  },
  budget: {
    today: '今天已请求 {used}/{limit} 张图片',
    hint: '只计你自己最近 24 小时的请求',
    usedUp: '你 24 小时内的 {limit} 张图片额度已用完。',
    tooMany: '张数太多：24 小时内最多 {limit} 张，你现在还可以请求 {left} 张。',
    hasRoom: '{time} 起有新的额度。',
    notEnough:
      '24 小时内最多请求 {limit} 张图片，你现在{left, plural, =0 {已没有额度} other {还可以请求 # 张}}。实验会在用完时暂停；不会丢失任何内容，之后可以继续。',
  },
};
