import type { runsEnglish } from './runs.en';

export const runsChinese: typeof runsEnglish = {
  stage: {
    label: '生成记录',
    progress: '已显示 {shown}/{count}',
    progressUpTo: '已显示 {shown} 张，最多 {count} 张',
    connectionLost: '无法连接服务器。已开始的生成仍在服务器上继续，正在重新连接…',
    databaseAway: '服务器无法连接数据库。已开始的生成仍在服务器上继续，正在重试…',
    storageFull:
      '浏览器的存储空间已满，离开本页后新图片会丢失。请下载需要的图片，再移除较早的记录或关闭本站的其他标签页。无痕窗口的空间很小，普通窗口更大。',
    storageUnavailable:
      '浏览器无法为本页保存内容（无痕窗口，或存储被禁用），离开本页后图片和草稿会丢失。请下载需要的图片。',
    storageOutdated: '这个浏览器已使用过更新的版本。请刷新页面，在此之前不会保存任何内容。',
    found: '服务器上有 {count} 条最近的生成记录，这个浏览器里没有。',
    foundShow: '显示',
    foundLeave: '暂不',
    paused: '请求太频繁，稍后会自动重试。',
    started: '已开始，共请求 {count} 张图片。',
    finished: '已完成，显示了 {count} 张图片。',
    failed: '生成失败。',
    stopped: '已停止。',
    removed: '已移除该记录。',
    undo: '撤销',
    pictureRemoved: '已移除该图片。',
    older: '显示更早的 {count} 条记录',
    recent: '最近',
    recentItem: '{prompt}：{count, plural, =0 {没有图片} other {# 张图片}}',
  },
  run: {
    label: '生成：{prompt}',
    stop: '停止',
    remove: '移除这条记录',
    waiting: '等待中',
    arriving: '接收中 · {bytes}',
    ofAbout: '{elapsed}，预计 {expected}',
    usuallyAbout: '{elapsed}，通常约 {expected}',
    queued: '排队中：等待空闲的连接。',
    unsent: '服务器尚未确认，恢复连接后会自动发送。',
    nextTry: '{time} 后第 {number} 次尝试（最多 {most} 次）',
    nextTrySpoken: '稍后会自动重试。',
    trying: '正在第 {number} 次尝试（最多 {most} 次）…',
    sentWhenBack: '请求没有发送到网关，不会计费。服务器恢复后会自动发送。',
    sentAgain: '{time} 后重试',
    sending: '正在发送…',
    tryNow: '立即重试',
    stopTrying: '停止重试',
    took: '用时 {time}',
    tokens: '{count, number} tokens',
    tokensSplit: '输入 {input, number}，输出 {output, number}',
    fewer: '请求了 {asked} 张，返回了 {count} 张。',
    fewerBatch: '组图模式下，张数由模型自行决定。',
    stopped: '已在 {time} 后停止。网关可能对进行中的部分计费。',
    stoppedUnsent: '在服务器确认之前已停止。如果请求已经到达，仍可能计费。',
    found: '来自服务器，这个浏览器没有它的提示词',
    useSettings: '使用这些设置',
    useSettingsIn: '在“{page}”中使用这些设置',
    useSettingsHint: '把这次的设置、提示词、图片和遮罩填入表单；现有内容可以恢复。',
    runAgainHint: '再次发送同样的请求',
    again: '重试',
    readAgain: '再次读取',
    saveAnswer: '将结果存为文件',
    savingAnswer: '正在保存…',
    saveAnswerFailed: '无法取得结果，请稍后重试。',
    runAgain: '再次生成',
    stoppedWaiting: '等待期间已停止，没有生成任何内容，也没有计费。',
    againCharged: '重试（可能再次计费）',
    copyDetails: '复制详情',
    copied: '已复制',
    copyByHand: '请按 {keys} 复制。',
    details: '服务器返回的信息',
    kept: '{shown, plural, =0 {没有收到完整的图片。} other {完整收到 #/{count} 张，保留在下方。}}',
  },
  picture: {
    alt: '第 {number} 张，共 {count} 张：{prompt}',
    download: '下载',
    downloadNamed: '下载 {name}',
    downloadInstead: '改为下载',
    copy: '复制',
    copied: '已复制',
    copyHint: '以 PNG 格式复制图片',
    copyRefused: {
      insecure: '浏览器只允许 https 页面复制图片。',
      unsupported: '这个浏览器不支持复制图片。',
      failed: '浏览器拒绝了复制。',
    },
    dismiss: '关闭提示',
    delete: '删除这张图片',
    open: '查看大图：{alt}',
    alpha: '含透明通道',
    asked: '请求的是 {value}',
    opaque: '不透明',
    noAlpha: '没有透明通道',
    unreadable: '文件已收到，但浏览器无法显示。',
    refused: '这张图片未返回',
    invalid: '这张图片在传输中损坏，无法显示，但可能已经计费。',
    link: '网关返回的是链接而不是图片，请前往 {host} 打开',
    linkReason: '只加载管理员允许的主机上的图片（PICTURE_HOSTS）。',
    gone: '这张图片已不在这个浏览器中。',
  },
  viewer: {
    label: '图片查看器',
    position:
      '{count, plural, =1 {} other {第 {number}/{count} 张}}{runs, plural, =1 {} other {{count, plural, =1 {} other { · }}第 {run}/{runs} 次生成}}',
    promptMore: '完整提示词',
    promptLess: '收起',
    previous: '上一张（←）',
    next: '下一张（→）',
    first: '已是第一张图片',
    last: '已是最后一张图片',
    zoomIn: '放大（+）',
    zoomOut: '缩小（−）',
    percent: '{scale, number, ::percent .}',
    showReal: '按 100% 显示，当前为',
    showWhole: '显示整张图片，当前为',
    toggleHint: '显示整张（0）或 100%（1）。100% 时，图片的一个像素对应页面的一个像素。',
  },
  zip: {
    download: '{count, plural, =1 {下载 ZIP} other {打包下载全部 # 张}}',
    packing: '正在打包…',
    failed: '打包失败：有图片无法读取，或存储空间不足。',
  },
  trouble: {
    fitsAgain: '{time} 起可以再次发送',
    prompt_refused: {
      title: '提示词未通过审核',
      advice: '提示词被内容审核拦截。请改写可能涉及暴力、色情或真实人物的部分，然后重试。',
    },
    output_refused: {
      title: '图片未通过审核',
      advice: '生成的图片被内容审核拦截。同样的提示词下次可能通过，措辞温和一些会更稳妥。',
    },
    rate_limit: {
      title: '请求太频繁',
      advice: '已达到网关的频率上限，请一分钟后重试。',
      adviceAfter:
        '已达到网关的频率上限，请在 {count} {unit, select, hour {小时} minute {分钟} other {秒}}后重试。',
    },
    quota_spent: {
      title: '网关账户额度已用完',
      advice: '等待没有用。请把下面的详情发给管理员，由管理员为账户充值。',
    },
    queue_wait: {
      title: '正在排队',
      advice: '轮到时会自动发送。目前没有发送任何内容。',
    },
    budget_wait: {
      title: '正在等待你的额度',
      advice: '额度有空余时会自动发送。目前没有发送任何内容。',
    },
    budget_spent: {
      title: '超出你的图片额度',
      advice: '每人 24 小时内可请求的图片数量有限。这次没有发送，也没有计费。',
      adviceAt:
        '每人 24 小时内最多请求 {limit} 张图片，你已经请求了 {used} 张。{time} 起可以再次发送这个请求。这次没有发送，也没有计费。',
      adviceNever:
        '每人 24 小时内最多请求 {limit} 张图片，这一个请求就超过了。请减少每次的张数。这次没有发送，也没有计费。',
    },
    timeout: {
      title: '网关响应超时',
      advice: '没有及时收到结果。大尺寸、高质量最耗时，请换小一些的尺寸或降低质量。',
    },
    unreachable: {
      title: '无法连接网关',
      advice: '服务器运行正常，但网关没有响应。请稍后重试；如果仍然如此，请联系管理员。',
    },
    upload_cut: {
      title: '网关中断了上传',
      advice: '请求可能超出了网关的大小上限。请减少图片或换小一些的图片，也可以重试。',
    },
    hung_up: {
      title: '网关没有给出结果',
      advice: '网关接收请求后断开了连接，请稍后重试。',
    },
    broken_answer: {
      title: '结果无法读取',
      advice: '网关返回的内容里没有图片。如果再次出现，请联系管理员。',
    },
    answer_too_large: {
      title: '结果过大',
      advice: '超出了 512 MB 的上限。请减少张数，或换小一些的尺寸。',
    },
    operator: {
      title: '服务器配置有误',
      advice: '你的请求没有问题。请把下面的详情发给管理员，由管理员检查服务器设置。',
    },
    hidden_host: {
      title: '服务器不知道自己的网址',
      advice:
        '因此它把本页当成别的网站，拒绝了本页的请求。请管理员设置 PUBLIC_ORIGIN={origin} 并重启服务器。',
    },
    signed_out: {
      title: '你已退出登录',
      advice: '没有发送任何内容。请重新登录后再试。',
    },
    too_large: {
      title: '请求过大',
      advice: '请减少图片、换小一些的图片，或缩短文字。',
    },
    refused: {
      title: '网关不接受这些设置',
      advice: '原因见下方，修改后即可重试。',
    },
    server_error: {
      title: '服务器出错',
      advice: '与你的提示词无关，请稍后重试。',
    },
    proxy_too_large: {
      title: '请求超出代理的大小上限',
      advice:
        '服务器前面的代理拒绝这么大的请求。请减少图片或换小一些的图片，或请管理员提高上限（nginx：client_max_body_size）。',
    },
    proxy_unavailable: {
      title: '服务器没有响应',
      advice: '代理无法连接服务器，服务器可能正在重启。请一分钟后重试。',
    },
    proxy_timeout: {
      title: '代理等待超时',
      advice: '请求所需的时间超过了代理允许的时长，请管理员提高上限（nginx：proxy_read_timeout）。',
    },
    network: {
      title: '无法连接服务器',
      advice: '请检查网络后重试。',
    },
    broken_off: {
      title: '结果不完整',
      advice: '网关中途停止，其余部分已丢失。',
    },
    interrupted: {
      title: '服务器已重启',
      advice: '重启时生成正在进行，结果已丢失。',
    },
    lost: {
      title: '服务器上已没有这次生成',
      advice: '结果已被清理，或在服务器的存储中丢失、损坏。',
    },
    reference_lost: {
      title: '缺少一张参考图',
      advice: '下面的文件已不在这个浏览器中。请重新添加图片，再开始编辑。',
    },
    browser_full: {
      title: '浏览器没有空间存放这次请求的图片',
      advice:
        '没有发送任何内容。请下载需要的图片，再关闭本站的其他标签页或移除较早的记录。无痕窗口的空间很小，普通窗口更大。',
    },
    spool_full: {
      title: '服务器没有空间存放结果',
      advice:
        '服务器的磁盘或结果的存储上限（SPOOL_MAX_BYTES）已满，请联系管理员。在此之前，小一些的请求可能成功。',
    },
    server_stopping: {
      title: '服务器正在重启',
      advice: '请求没有发送到网关，不会计费。服务器恢复后请重试。',
    },
    store_unavailable: {
      title: '服务器无法连接数据库',
      advice: '请求没有发送到网关，不会计费。请稍后重试；如果仍然如此，请联系管理员。',
    },
    unread: {
      title: '这里无法读取结果',
      advice:
        '结果已经到达，但页面读取时出错。结果没有丢失，仍保存在服务器上。请刷新页面后再次读取，不会重新发送，也不会再次计费；也可以存为文件交给管理员。',
    },
    unknown: {
      title: '收到意外的结果',
      advice: '请重试；如果仍然如此，请把下面的详情发给管理员。',
    },
    charged: '{advice}这次可能已经计费。',
    nothingMade: '{advice}这次没有生成任何内容。',
    sameAgain: '{advice}可以放心重试：已送达的请求不会重复发送。',
    status: '状态码 {status}',
    request: '请求编号 {id}',
  },
};
