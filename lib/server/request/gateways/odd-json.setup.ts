import type { EndpointName } from '../../../core/models/model';

// JSON that two parsers might read differently, generated from what can be odd about it.

/** A body as a client sends it. */
export interface SentJson {
  what: string;
  endpoint: Exclude<EndpointName, 'edits'>;
  contentType: string;
  bytes: Buffer;
}

const contentTypes = [
  'application/json',
  'Application/JSON;charset="UTF-8"',
  'application/json; charset=utf-7',
  'application/json; charset=utf-16',
  'application/json; charset=utf-16le',
  'application/json; charset=utf-32',
  'application/json; charset=iso-8859-1',
  'application/json; charset=ibm500',
  'application/json; charset=us-ascii',
  'application/json; charset',
  'application/json; charset =utf-7',
  'application/json; charset= utf-7',
  'application/json; charset=utf-8; charset=utf-7',
  'application/json; charset=utf-7; charset=utf-8',
  "application/json; charset*=utf-8''utf-7",
  'application/json; charset*0=utf-7',
  'application/json; x="; charset=utf-7"',
  'application/json; x="\\"; charset=utf-7',
  'application/json; xcharset=utf-7',
  'application/json;;',
  'application/json, text/plain; charset=utf-7',
  'application/json; charset=utf-8, text/plain',
  'application/vnd.api+json',
  'text/json',
  'application/jsonp',
  'multipart/form-data; boundary=application/json',
];

// The members of an object after those that it needs.
const members = [
  '',
  '"user":"boss"',
  '"user":null',
  '"\\u0075ser":"boss"',
  '"user":"a","user":"boss"',
  '"user":"a","us\\u0065r":"boss"',
  '"model":"expensive"',
  '"model":null',
  '"User":"boss"',
  '"USER":null',
  '"u\\u017fer":"boss"',
  '"\\u212aey":"x"',
  '"user ":"boss"',
  '"user\\u0000":"boss"',
  '"user":["boss"]',
  '"safety_identifier":"boss"',
  '"__proto__":{"user":"boss"}',
  '"__proto__":null',
  '"constructor":{"prototype":{"user":"boss"}}',
  '"toString":"x"',
  '"":1',
  '"":null',
  '"api_base":"http://evil"',
  '"api_base":null',
  '"n":1',
  '"n":1.0',
  '"n":1e0',
  '"n":-0',
  '"n":01',
  '"n":1.',
  '"n":.5',
  '"n":+1',
  '"n":0x1',
  '"n":NaN',
  '"n":Infinity',
  '"n":1e400',
  '"n":12345678901234567890',
  '"n":"1"',
  '"seed":9007199254740993',
  '"stream":false',
  '"stream":False',
  '"stream":nul',
  '"stream":null ,"n":null',
  '"size":"auto",',
  ',"size":"auto"',
  '"size":"auto" // "user":"boss"',
  '"size":"auto" /*,*/',
  '"size":"auto"#',
  "'size':'auto'",
  'size:"auto"',
  '"size":"au\nto"',
  '"size":"au\to"',
  '"size":"\\x61uto"',
  '"size":"auto"}{"user":"boss"',
  '"size":"auto"}\n{"user":"boss"',
  '"size":"auto"},{"user":"boss"',
  '"size":"\\ud800"',
  '"user":"\\ud83d"',
  '"user":"\\ud83d\\udc31 \\/ \\b"',
  '"user":"a\u2028b"',
  '"user":"a\u0000b"',
  '"user":"a\\u0000b"',
  '\u00a0"user":"x"',
  '\u2028"user":"x"',
  '\f"user":"x"',
  '\ufeff"user":"x"',
  '  \t\r\n"user" \n: \t"x" ',
  '"metadata":{"a":null,"a":1}',
  '"metadata":{"a":null}',
  '"metadata":null',
  `"metadata":${'{"a":'.repeat(70)}1${'}'.repeat(70)}`,
];

const imageStart = '"model":"turing/gpt-image-2","prompt":"a cat"';
const chatStart = (text: string) =>
  `"model":"turing/gemini-3-pro-image","messages":[{"role":"user","content":"${text}"}]`;
// Longer than what is read whole.
const long = 'x'.repeat(1024 * 1024);

const starts: [SentJson['endpoint'], string, string][] = [
  ['generations', 'an image', imageStart],
  ['chat', 'a chat', chatStart('a cat')],
  ['chat', 'a long chat', chatStart(long)],
];

const plain = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const typed = (endpoint: SentJson['endpoint'], what: string, bytes: Buffer): SentJson => ({
  what,
  endpoint,
  contentType: 'application/json',
  bytes,
});

const memberBodies = starts.flatMap(([endpoint, kind, start]) =>
  members.flatMap((member) => [
    typed(endpoint, `${kind}, then ${member}`, plain(`{${start},${member}}`)),
    typed(endpoint, `${member}, then ${kind}`, plain(`{${member},${start}}`)),
  ]),
);

const frameBodies = starts.flatMap(([endpoint, kind, start]) =>
  [
    plain(`\ufeff{${start}}`),
    plain(`\ufeff\ufeff{${start}}`),
    plain(` \n{${start}}\n `),
    plain(`{${start}}\0`),
    plain(`{${start}}x`),
    plain(`[{${start}}]`),
    plain(`)]}',\n{${start}}`),
    plain(`{${start}`),
    plain(`{${start}}`, 'utf16le'),
    plain(`\ufeff{${start}}`, 'utf16le'),
    // Invalid UTF-8: a cut character before a quote, a quote in two bytes, a surrogate, a lone byte.
    ...['\xe2', '\xf0\x9f', '\xc0\xa2', '\xed\xa0\x80', '\x80', '\xff'].flatMap((bytes) => [
      plain(`{${start},"user":"a${bytes}"}`, 'latin1'),
      plain(`{${start},"us${bytes}er":"a"}`, 'latin1'),
      plain(`{${start.replace('xx', `x${bytes}x`)}}`, 'latin1'),
    ]),
  ].map((bytes, index) => typed(endpoint, `frame ${index} of ${kind}`, bytes)),
);

const typeBodies = contentTypes.flatMap((contentType) =>
  [
    ['plain', plain(`{${imageStart}}`)] as const,
    [
      'UTF-7',
      plain(`{${imageStart.replace('cat', 'cat+ACI-,+ACI-user+ACI-:+ACI-boss')}}`),
    ] as const,
    ['UTF-16', plain(`{${imageStart}}`, 'utf16le')] as const,
    ['Latin-1', plain(`{${imageStart},"user":"\xe9"}`, 'latin1')] as const,
  ].map(
    ([what, bytes]): SentJson => ({
      what: `${what} as ${contentType}`,
      endpoint: 'generations',
      contentType,
      bytes,
    }),
  ),
);

/** JSON that a parser behind might read otherwise. */
export const oddJson: SentJson[] = [...memberBodies, ...frameBodies, ...typeBodies];
