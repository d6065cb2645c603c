import type { Locale } from './locale';
import { chatEnglish } from './messages/chat.en';
import { chatChinese } from './messages/chat.zh';
import { editEnglish } from './messages/edit.en';
import { editChinese } from './messages/edit.zh';
import { formEnglish } from './messages/form.en';
import { formChinese } from './messages/form.zh';
import { painterEnglish } from './messages/painter.en';
import { painterChinese } from './messages/painter.zh';
import { runsEnglish } from './messages/runs.en';
import { runsChinese } from './messages/runs.zh';
import { shellEnglish } from './messages/shell.en';
import { shellChinese } from './messages/shell.zh';

export const en = {
  ...shellEnglish,
  ...formEnglish,
  ...runsEnglish,
  ...editEnglish,
  ...painterEnglish,
  ...chatEnglish,
};

/** The shape of every language's messages; one that lacks a key does not compile. */
export type Messages = typeof en;

export const zh: Messages = {
  ...shellChinese,
  ...formChinese,
  ...runsChinese,
  ...editChinese,
  ...painterChinese,
  ...chatChinese,
};

/** The messages of a language. Called on the server only, so a browser gets one language. */
export function getMessages(locale: Locale): Messages {
  return { en, zh }[locale];
}

declare module 'use-intl/core' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
