import type { Messages } from '../en';

export const references: Pick<Messages, 'references'> = {
  references: {
    title: '参考图',
    count: '{count, number} / {max, number}',
    add: '添加图片',
    alt: '参考图 {number, number}',
  },
};
