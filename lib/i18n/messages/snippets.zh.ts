import type { snippetsEnglish } from './snippets.en';

export const snippetsChinese: typeof snippetsEnglish = {
  snippets: {
    title: '常用片段',
    keys: '书写时插入片段',
    hint: '在提示词的词首输入 / 或 ／ 即可插入。',
    found: '{count, plural, =0 {未找到。} other {找到 # 条。}}',
    save: '将这段文字存为片段',
    manage: '编辑片段…',
    none: '还没有片段。',
    add: '新建片段',
    text: '片段文字',
    star: '加星标',
    edit: '编辑',
    remove: '删除',
    removed: '片段已删除。',
    undo: '撤销',
    cancel: '取消',
    saveText: '保存',
    refused: '此浏览器无法保存。',
  },
};
