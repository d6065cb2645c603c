import type { Messages } from '../en';

export const trouble: Pick<Messages, 'trouble'> = {
  trouble: {
    prompt_refused: {
      title: '提示词未通过审核',
      advice: '内容审核拒绝了这段提示词。请改写可能涉及暴力、色情或真实人物的部分，然后重试。',
    },
    output_refused: {
      title: '图片未通过审核',
      advice:
        '图片已经生成，但没有通过内容审核。同样的提示词下次可能通过；把措辞改得温和些会更稳妥。',
    },
    rate_limit: {
      title: '请求太频繁',
      advice: '网关要求稍作等待。请过一分钟再试。',
      adviceAfter: '网关要求等待 {seconds} 秒，之后再试。',
    },
    timeout: {
      title: '网关响应超时',
      advice: '没有在规定时间内收到结果。大尺寸加高质量最耗时，可以换小一点的尺寸或降低质量。',
    },
    unreachable: {
      title: '连不上网关',
      advice: '本站运行正常，但后面的网关不接受请求。请稍后再试；若一直如此，请联系服务管理员。',
    },
    upload_cut: {
      title: '网关中断了上传',
      advice: '网关没有收完全部内容，可能是总量太大。请减少图片或换小一些的图片，也可以重试。',
    },
    hung_up: {
      title: '网关没有给出结果',
      advice: '网关收下了请求，随后断开了连接。请稍后再试。',
    },
    broken_answer: {
      title: '返回的内容无法读取',
      advice: '网关有响应，但里面没有图片。若再次出现，请联系服务管理员。',
    },
    answer_too_large: {
      title: '返回的内容过大',
      advice: '已达到本站的上限 512 MB，因此中止。请减少张数，或换小一点的尺寸。',
    },
    operator: {
      title: '服务器配置有误',
      advice: '你的请求没有问题。请把下面的详情发给服务管理员，检查服务器设置。',
    },
    hidden_host: {
      title: '服务器不知道自己的网址',
      advice:
        '因此把本页当成了别的网站，拒绝了它发送的请求。需要服务管理员设置 PUBLIC_ORIGIN={origin} 并重新启动。',
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
      advice: '与你的提示词无关，请稍后再试。',
    },
    proxy_too_large: {
      title: '内容太大，无法送达本站',
      advice:
        '中间的服务器（代理）不允许这么大的请求通过。请减少图片或换小一些的图片，或请代理管理员放宽上限（nginx：client_max_body_size）。',
    },
    proxy_unavailable: {
      title: '本站暂时没有响应',
      advice: '中间的服务器（代理）返回了错误，本站可能正在重启。请一分钟后再试。',
    },
    proxy_timeout: {
      title: '中间的服务器等待超时',
      advice:
        '本站所需的时间超过了该服务器（代理）允许的时长。代理管理员可以延长它（nginx：proxy_read_timeout）。',
    },
    network: {
      title: '连不上本站',
      advice: '请检查网络连接，然后重试。',
    },
    broken_off: {
      title: '结果没有传完',
      advice: '网关在传送途中停下了，余下的部分已丢失。',
    },
    interrupted: {
      title: '本站重启过',
      advice: '重启时这次生成正在进行，结果已丢失。',
    },
    lost: {
      title: '本站已不认识这次生成',
      advice: '它的结果已被清理，或者在服务器磁盘上丢失、损坏。',
    },
    reference_lost: {
      title: '要发送的图片已经不在了',
      advice: '浏览器不再保存下面这个文件。请重新添加图片，再开始编辑。',
    },
    spool_full: {
      title: '本站没有空间存放结果',
      advice:
        '服务器的磁盘或允许使用的份额已满。需要管理员腾出空间（SPOOL_MAX_BYTES）；在此之前，小一些的请求也许可以通过。',
    },
    server_stopping: {
      title: '本站正在重启',
      advice: '请求未发送到网关，不会产生费用。服务恢复后请重试。',
    },
    unknown: {
      title: '返回了意料之外的内容',
      advice: '请重试；若一直如此，请把下面的详情发给服务管理员。',
    },
    charged: '{advice}这次请求可能已经计费。',
    nothingMade: '{advice}这次没有生成任何内容。',
    sameAgain: '{advice}可以放心重试：如果请求已经送达，会接上原来那次，不会重复发送。',
    status: '状态码 {status}',
    request: '请求编号 {id}',
  },
};
