import type { Messages } from '../en';

export const references: Pick<Messages, 'references'> = {
  references: {
    title: '参考图',
    count: '{count, number} / {max, number}',
    add: '添加图片',
    alt: '参考图 {number, number}：{name}',
    unnamed: '该文件',
    hint: '拖入、粘贴或选择 PNG / JPEG，每张不超过 {max, number} MB。拖动可调整顺序，遮罩属于第一张。',
    keys: '方向键切换图片，Alt 加方向键移动图片，Delete 移除。',
    sheet: { title: '参考图列表', move: '移动一位', remove: '移除' },
    drop: '松开即可添加为参考图',
    reading: '正在读取 {name}……',
    remove: '移除 {name}',
    moved: '{name} 现在是第 {number, number} 张，共 {count, number} 张。',
    details: {
      label: '参考图 {number, number}',
      earlier: '前移一位',
      later: '后移一位',
      replace: '替换',
      remove: '移除',
      turned: '文件中是横放存储的（EXIF），这里按正向显示，发送的是原文件。',
    },
    turnedFirst:
      '第 1 张在文件中是横放存储的（EXIF），这里按正向显示。没有遮罩时发送原文件；有遮罩时转正为 PNG 再发送，使两者一致。',
    removed: '已移除：{name}',
    replaced: '已替换：{name}',
    undo: '撤销',
    close: '关闭提示',
    mask: {
      stays: '遮罩仍属于原来的图片，它现在是第 {number, number} 张；回到第一张时会再次使用。',
      removed: '遮罩随图片一起移除了，撤销可一并恢复。',
      replaced: '遮罩仍属于替换前的图片，撤销可一并恢复。',
      own: '现在的第 1 张有自己的遮罩，将使用它。',
    },
    sentFirst: '发送来的图片现在是第 1 张，原来的第 1 张成为第 2 张；在它上面画的遮罩仍属于它。',
    badge: { mask: '遮罩', turned: '已转正' },
    noPicture: '剪贴板里没有图片。请复制图片本身（不是它的地址），或者选择文件。',
    addressOnly: '拖入的是图片地址，本页不会打开地址。请先保存图片，再拖入文件。',
    shared: '这份草稿也在另一个标签页中打开。每个标签页各用一份副本，图片和遮罩互不影响。',
    lost: '第 {number, number} 张（{name}）已不在本浏览器中，请重新选择或移除。',
    unkept:
      '浏览器无法再保存内容（存储空间已满或被禁用）：第 {numbers} 张可以用到离开本页为止，之后需要重新选择。',
    tooMany:
      '该模型最多支持 {max, number} 张图片，超出的是第 {numbers} 张。没有移除任何图片，请移除几张，或换一个模型。',
    misfit: {
      format: '第 {number, number} 张是 {format}，该模型只支持 PNG 和 JPEG。',
      bytes:
        '第 {number, number} 张有 {byteLength, number} 字节，该模型支持的单个文件最多 {maxBytes, number} 字节。',
    },
    refused: {
      empty: '{name} 是空文件（0 字节）。请重新导出或保存后再选择。',
      unknown: '{name} 不是可识别的图片，请选择 PNG 或 JPEG。',
      damaged: '{name} 的文件头已损坏。请用图片编辑器打开并重新保存。',
      undecodable:
        '{name} 无法解码：文件已损坏、不完整，或超出了本设备的内存。请重新保存或下载后再选择。',
      heic: '{name} 是 HEIC，浏览器无法读取。请导出为 JPEG：Mac 上用“预览”的“文件 → 导出”；iPhone 上共享时选择“兼容性最佳”。',
      unread: '{name} 无法读取。如果是文件夹，请选择其中的图片；否则请重新选择。',
      changed: '{name} 在选择之后被修改、移动或删除了，请重新选择。',
      format: '{name} 是 {kind}，只支持 PNG 和 JPEG。',
      formatNoOffer: '{name} 是 {kind}，只支持 PNG 和 JPEG，请导出为其中一种。',
      bytes:
        '{name} 有 {byteLength, number} 字节，单个文件最多 {maxBytes, number} 字节（{max, number} MB）。',
      pixels:
        '{name} 标称 {width, number, ::group-off} × {height, number, ::group-off}。超过 {megapixels, number} 百万像素，或单边超过 {side, number, ::group-off} 像素，可能耗尽浏览器内存。请缩小后再选择。',
      count: '{name} 超出数量：最多 {max} 张。请先移除一张。',
    },
    offer: { png: '转为 PNG 使用', jpeg: '转为 JPEG 使用（质量 92）' },
    offerOnWhite: '透明部分会变成白色。',
    offerFirstFrame: '如果是动图，取第一帧。',
    dismiss: '关闭关于 {name} 的提示',
    dismissAll: '关闭全部 {count, number} 条提示',
  },
};
