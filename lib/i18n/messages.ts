import compile from 'icu-minify/compile';
import type { Locale } from './locale';
import { chatEnglish } from './messages/chat.en';
import { chatChinese } from './messages/chat.zh';
import { codeEnglish } from './messages/code.en';
import { codeChinese } from './messages/code.zh';
import { detailsEnglish } from './messages/details.en';
import { detailsChinese } from './messages/details.zh';
import { editEnglish } from './messages/edit.en';
import { editChinese } from './messages/edit.zh';
import { experimentsEnglish } from './messages/experiments.en';
import { experimentsChinese } from './messages/experiments.zh';
import { formEnglish } from './messages/form.en';
import { formChinese } from './messages/form.zh';
import { galleryEnglish } from './messages/gallery.en';
import { galleryChinese } from './messages/gallery.zh';
import { judgingEnglish } from './messages/judging.en';
import { judgingChinese } from './messages/judging.zh';
import { painterEnglish } from './messages/painter.en';
import { painterChinese } from './messages/painter.zh';
import { runsEnglish } from './messages/runs.en';
import { runsChinese } from './messages/runs.zh';
import { setEnglish } from './messages/set.en';
import { setChinese } from './messages/set.zh';
import { sharingEnglish } from './messages/sharing.en';
import { sharingChinese } from './messages/sharing.zh';
import { shellEnglish } from './messages/shell.en';
import { shellChinese } from './messages/shell.zh';
import { snippetsEnglish } from './messages/snippets.en';
import { snippetsChinese } from './messages/snippets.zh';

export const en = {
  ...shellEnglish,
  ...formEnglish,
  ...runsEnglish,
  ...setEnglish,
  ...sharingEnglish,
  ...editEnglish,
  ...painterEnglish,
  ...chatEnglish,
  ...codeEnglish,
  ...detailsEnglish,
  ...galleryEnglish,
  ...snippetsEnglish,
  ...experimentsEnglish,
  ...judgingEnglish,
};

/** The shape of every language's messages; one that lacks a key does not compile. */
export type Messages = typeof en;

export const zh: Messages = {
  ...shellChinese,
  ...formChinese,
  ...runsChinese,
  ...setChinese,
  ...sharingChinese,
  ...editChinese,
  ...painterChinese,
  ...chatChinese,
  ...codeChinese,
  ...detailsChinese,
  ...galleryChinese,
  ...snippetsChinese,
  ...experimentsChinese,
  ...judgingChinese,
};

const compiled = new Map<Locale, Messages>();

/**
 * The messages of a language, parsed: next.config.js lets use-intl format without a parser of its own.
 * Called on the server only, so a browser gets one language, and no parser.
 */
export function getMessages(locale: Locale): Messages {
  const known = compiled.get(locale);
  if (known) return known;
  const messages = compileAll({ en, zh }[locale]);
  compiled.set(locale, messages);
  return messages;
}

// A message without arguments stays a string; the others are what the formatter takes for one.
function compileAll<T>(messages: T): T {
  // The parser's objects have no prototype; React hands only plain ones to the browser.
  if (typeof messages === 'string')
    return withoutPlurals(JSON.parse(JSON.stringify(compile(messages))));
  const entries = Object.entries(messages as object);
  return Object.fromEntries(entries.map(([key, value]) => [key, compileAll(value)])) as T;
}

/** What the parser makes of a message: texts, and arguments as `[name, kind, branches or style]`. */
type Parsed = string | number | undefined | Parsed[] | { [branch: string]: Parsed };

const [kindSelect, kindPlural, kindNumber] = [1, 2, 4];

/**
 * A parsed message whose plurals are choices between the values themselves. The two languages have at most
 * two forms, `one` for 1 and `other`; to ask the browser for its rules takes a slow phone 90 ms at first.
 * @param counted the argument that `#`, which is parsed as 0, stands for
 */
function withoutPlurals<T>(parsed: T, counted?: string): T;
function withoutPlurals(parsed: Parsed, counted?: string): Parsed {
  if (parsed === 0 && counted !== undefined) return [counted, kindNumber];
  if (typeof parsed === 'number' || typeof parsed === 'string' || !parsed) return parsed;
  if (!Array.isArray(parsed)) {
    return Object.fromEntries(
      Object.entries(parsed).map(([branch, part]) => [branch, withoutPlurals(part, counted)]),
    );
  }
  const [name, kind, forms] = parsed;
  if (typeof name !== 'string' || kind !== kindPlural || typeof forms !== 'object') {
    return parsed.map((part) => withoutPlurals(part, counted));
  }
  const choices = Object.entries(forms).map(([form, part]) => [
    form === 'one' ? '1' : form.replace('=', ''),
    withoutPlurals(part, name),
  ]);
  return [name, kindSelect, Object.fromEntries(choices)];
}

declare module 'use-intl/core' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
