import type { sharingEnglish } from './sharing.en';

export const sharingChinese: typeof sharingEnglish = {
  turn: {
    line: '任意 {count} {unit, select, hour {小时} minute {分钟} other {秒}}内 {used}/{limit} 个请求{waiting, plural, =0 {} other {，# 个排队}}{own, plural, =0 {} other {，其中 # 个是你的}}',
    inLine: '{place, selectordinal, =1 {下一个就轮到你} other {排在第 # 位}}，预计 {time} 左右',
    joining: '正在排队…',
    waits:
      '{count, plural, =1 {你有一个请求在排队，预计 {time} 左右轮到。} other {你有 # 个请求在排队，第一个预计 {time} 左右轮到。}}',
    yours: '轮到你了，正在发送…',
    shared:
      '网关限制了所有人合计使用 {model} 的次数{line, select, none {} other {（{line}）}}，最近请求最少的人先轮到。轮到你时会自动发送；在此之前不会发送，也不会计费。',
    kept: '请求不会丢失：可以使用本站的其他页面、刷新页面，或把标签页留在后台。如果三分钟内没有打开本站的任何页面，位置会让给别人；请求仍保存在这个浏览器里，下次打开时会重新排队。',
    leave: '退出排队',
    oneEnds: '正在等待你的另一个请求结束',
    requestsPerMinute:
      '每人每分钟最多发送 {limit} 个请求，你已经发送了 {used} 个。{hasTime, select, true {额度最早 {count} {unit, select, hour {小时} minute {分钟} other {秒}}后有空余：届时发送额度内的请求，其余的继续等待。} other {}}',
    runsAtOnce: '每人最多同时进行 {limit} 个请求，你有 {used} 个正在进行。',
    stays:
      '目前没有发送，也没有计费。请求保存在这个浏览器里，只要打开着本站的任一页面，就会自动发送。',
    cancel: '不再发送',
    spoken: '正在等待，稍后会自动发送。',
  },
  budget: {
    today: '24 小时内 {used}/{limit} 张图片{waiting, plural, =0 {} other {，另有 # 张在等待}}',
    hint: '只计你自己最近 24 小时的请求，以及在这里等待的',
    usedUp:
      '你 24 小时内的 {limit} 张图片额度已用完{waiting, plural, =0 {} other {：已发送 {used} 张，另有 # 张在等待}}。{hasRoom}',
    tooMany:
      '张数太多：24 小时内最多 {limit} 张，你现在还可以请求 {left} 张{waiting, plural, =0 {} other {：已发送 {used} 张，另有 # 张在等待}}。',
    hasRoom: '{time} 起可以再请求一张图片。',
    notEnough:
      '24 小时内最多请求 {limit} 张图片，你现在还可以请求 {left} 张。用完这 {left} 张后实验会暂停；不会丢失任何内容，之后可以继续。',
  },
};
