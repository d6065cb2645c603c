import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../core/models/catalogue';
import type { FailureKind } from '../core/runs/failure-kind';
import { type ProblemReason, problemMessage, problemWords } from '../core/validation';
import formatMessage from './format-message';
import { en, getMessages, zh } from './messages';

/** Every message by its dotted key: a text, or what a parser has made of it. */
function flatten(messages: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' || Array.isArray(value)
        ? [[prefix + key, value as string]]
        : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** The names of a message's ICU arguments. The text of a plural's branch is not an argument. */
const argumentsOf = (message: string) => {
  const found = message.matchAll(/(?<!(?:=\d+|one|other)\s*)\{(\w+)\s*[,}]/g);
  return [...new Set([...found].map((match) => match[1]))].sort();
};

const [english, chinese] = [flatten(en), flatten(zh)];
const keys = [...english.keys()];

describe('the languages', () => {
  it('have the same messages', () => {
    expect(keys.length).toBeGreaterThan(150);
    expect([...chinese.keys()].sort()).toEqual([...keys].sort());
  });

  it('take the same arguments', () => {
    const differing = keys.filter(
      (key) =>
        String(argumentsOf(english.get(key) ?? '')) !== String(argumentsOf(chinese.get(key) ?? '')),
    );
    expect(differing).toEqual([]);
  });

  it.each([
    ['en', en, english],
    ['zh', zh, chinese],
  ] as const)('%s formats every message without an error', (locale, messages, flat) => {
    const slips: string[] = [];
    const say = createTranslator({
      locale,
      messages,
      onError: (error) => slips.push(error.message),
    });
    for (const [key, message] of flat) {
      const values = Object.fromEntries(argumentsOf(message).map((name) => [name, 3]));
      const said = say(key as never, values as never) as string;
      expect(said).not.toMatch(/[{}]/);
      expect(said.trim()).not.toBe('');
    }
    expect(slips).toEqual([]);
  });

  it('every Chinese message has Chinese characters, except names and units', () => {
    const left = [...chinese].filter(([, message]) => !/\p{Script=Han}/u.test(message));
    for (const [, message] of left) {
      const words = message.replace(/\{[^{}]*\}/g, '');
      expect(words).toMatch(
        /^(Turing Playground|English|PNG|JPEG|Shift|100%| ?tokens| ?MP|[\s/·,]*)$/,
      );
    }
  });
});

it('one of a kind is one in English', () => {
  const say = createTranslator({ locale: 'en', messages: en });
  const added = { added: 1, known: 1, unreadable: 1 };
  expect(say('judging.files.added', added)).toBe(
    '1 judgement added; 1 was there already; 1 entry could not be read.',
  );
  expect(say('judging.finding.none', { first: 'A', second: 'B', more: 1 })).toMatch(
    'About 1 more judgement might',
  );
});

describe('words for everything that can go wrong', () => {
  it.each(Object.keys(problemWords) as ProblemReason[])('problem %s', (reason) => {
    expect(en.problem[reason]).toBe(problemWords[reason]);
    expect(zh.problem[reason]).toMatch(/\p{Script=Han}/u);
  });

  it('are the same in the API and on the page', () => {
    const say = createTranslator({ locale: 'en', messages: en });
    for (const reason of Object.keys(problemWords) as ProblemReason[]) {
      const names = argumentsOf(problemWords[reason]);
      const values = Object.fromEntries(names.map((name) => [name, `(${name})`]));
      const found = { code: 'invalid_value', param: null, reason, values } as const;
      expect(say(`problem.${reason}`, values as never)).toBe(problemMessage(found));
    }
  });

  // Written out, so that a kind without a message does not compile.
  const kinds: Record<FailureKind, true> = {
    prompt_refused: true,
    output_refused: true,
    rate_limit: true,
    quota_spent: true,
    queue_wait: true,
    budget_wait: true,
    budget_spent: true,
    timeout: true,
    unreachable: true,
    upload_cut: true,
    hung_up: true,
    broken_answer: true,
    answer_too_large: true,
    operator: true,
    hidden_host: true,
    too_large: true,
    signed_out: true,
    refused: true,
    server_error: true,
    proxy_too_large: true,
    proxy_unavailable: true,
    proxy_timeout: true,
    network: true,
    broken_off: true,
    spool_full: true,
    server_stopping: true,
    store_unavailable: true,
    lost: true,
    reference_lost: true,
    browser_full: true,
    interrupted: true,
    unread: true,
    unknown: true,
  };
  it.each(Object.keys(kinds) as FailureKind[])('trouble %s', (kind) => {
    for (const { trouble } of [en, zh]) {
      expect(trouble[kind].title).not.toBe('');
      expect(trouble[kind].advice).not.toBe('');
    }
  });

  it('every option that a form can show has a label, and every value its word', () => {
    const shown = catalogue
      .filter(({ endpoints }) => endpoints.some((name) => name !== 'chat'))
      .flatMap(({ options }) => options);
    for (const option of shown) {
      expect(keys).toContain(`option.${option.name}.label`);
      for (const value of option.kind === 'choice' ? option.values : []) {
        expect(keys).toContain(`option.${option.name}.value.${value}`);
      }
    }
  });
});

describe('every message', () => {
  // Keys that are built from names; the tests above cover them.
  const composed = /^(option|problem|trouble|capability)\./;

  it('is used', () => {
    const root = join(import.meta.dirname, '../..');
    const sources = ['app', 'components'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => readFileSync(join(root, folder, file), 'utf8')),
    );
    const text = sources.join('\n');
    const literals = text.matchAll(/['"]([\w.]+)['"]|\b((?:app|shell)\.\w+)/g);
    const words = new Set([...literals].map((match) => match[1] ?? match[2]));
    const templates = text.matchAll(/`((?:[\w.]*\$\{[^`}]*\})+[\w.]*)`/g);
    const patterns = [...templates].map((match) => {
      const pattern = (match[1] ?? '').replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+');
      return new RegExp(`^${pattern}$`);
    });
    const tails = (key: string) => key.split('.').map((_, at, all) => all.slice(at).join('.'));
    const unused = keys
      .filter((key) => !composed.test(key))
      .filter((key) => !tails(key).some((tail) => words.has(tail)))
      .filter((key) => !tails(key).some((tail) => patterns.some((pattern) => pattern.test(tail))));
    expect(unused).toEqual([]);
  });
});

describe.each([
  ['en', en, english],
  ['zh', zh, chinese],
] as const)('the parsed messages of %s', (locale, messages, flat) => {
  const parsed = flatten(getMessages(locale));
  const formatsMade: string[] = [];
  const formatters = {
    getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => {
      if (!args[1]) formatsMade.push(String(args[0]));
      return new Intl.NumberFormat(...args);
    },
    getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
      new Intl.DateTimeFormat(...args),
    getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => {
      // Those that every page needs at its start; a slow phone takes 90 ms to make them.
      expect(args[1]?.type).toBe('ordinal');
      return new Intl.PluralRules(...args);
    },
  };

  const whole = [0, 1, 2, 999, 1000, -12_345, 1_234_567, 2 ** 53 - 1];
  it.each([...whole, 2 ** 53, 0.056, 12_345.678])(
    'say the same with %f for every argument',
    (value) => {
      formatsMade.length = 0;
      const say = createTranslator({ locale, messages });
      const differing = keys.filter((key) => {
        const text = flat.get(key) ?? '';
        const values = Object.fromEntries(argumentsOf(text).map((name) => [name, value]));
        const message = parsed.get(key) as never;
        const said = formatMessage(key, message, values, { locale, formatters } as never);
        // Nothing at all is an empty list.
        return String(said) !== say(key as never, values as never);
      });
      expect(differing).toEqual([]);
      // The first one takes a slow phone 60 ms.
      if (whole.includes(value)) expect(formatsMade).toEqual([]);
    },
  );
});
