import type { Messages } from '../en';

export const painter: Pick<Messages, 'painter'> = {
  painter: {
    picture: '正在绘制蒙版的图片',
    tools: '蒙版工具',
    undo: '撤销',
    mask: '蒙版',
    share: '占图片 {share, number, ::percent .#}',
    export: '导出 PNG',
    fit: '适合窗口',
    fitHint: '显示整张图片 (0)',
    real: '100%',
    realHint: '图片的每个像素对应页面的一个像素 (1)',
  },
};
