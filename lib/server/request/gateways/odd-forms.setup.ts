import {
  block,
  disposition,
  evil,
  file,
  hidden,
  own,
  picture,
  plainType,
  type SentForm,
  text,
  whole,
} from './form-parts.setup';
import { oddDispositions, oddFileNames, oddHeaders, oddNames } from './odd-headers.setup';

// Forms that two parsers might read differently, generated from what can be odd about one.

// In the tables below, B stands for the boundary that is read, and E for one that is not.
const spell = (text: string) => text.replace(/\bB\b/g, own).replace(/\bE\b/g, evil);

const crossed = <One, Other>(ones: One[], others: Other[]) =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));

/** Content types that may be read as another boundary, over a body that hides parts under that. */
const typeForms: SentForm[] = crossed(
  [
    'boundary=B; boundary=E',
    'boundary=E; boundary=B',
    'boundary=B; boundary*=E',
    "boundary=B; boundary*=utf-8''E",
    "boundary*=utf-8''E; boundary=B",
    'boundary=B; boundary*0=E',
    'boundary*0=E; boundary=B',
    'boundary*0*=E; boundary=B',
    'boundary=B; BOUNDARY=E',
    'x="; boundary=E"; boundary=B',
    'boundary=B; x="; boundary=E"',
    "x='; boundary=E'; boundary=B",
    'x="\\"; boundary=E; y="; boundary=B',
    'boundary =E; boundary=B',
    'boundary= E; boundary=B',
    'boundary=B, boundary=E',
    'boundary=B; boundary="E',
    'boundary=B"',
    'boundary="B',
    "boundary='B'",
    'boundary="B"E',
    'boundary="B\\"',
    'boundary=B;;boundary=E',
    'boundary=B\tE',
    'boundary=B E',
    'boundary=B/E',
    'boundary=B;charset=utf-7',
    'boundary=B;charset=utf-16',
    'boundary=B;x',
    'boundary=',
    'boundary=B;;',
    'boundary="B "',
    'xboundary=E; boundary=B',
    'x-boundary=E; boundary=B',
    'boundary=B; x.boundary=E',
    'boundary.=E; boundary=B',
    'boundary="B" ; boundary=E',
  ],
  [own, evil],
).map(([parameters, used]) => ({
  what: `${parameters} over ${used}`,
  contentType: `multipart/form-data; ${spell(parameters)}`,
  body: whole(file(`${picture}\r\n${hidden(used === own ? evil : own)}`, used), used),
}));

const otherTypes = [
  'multipart/mixed',
  'Multipart/Form-Data',
  'multipart/form-data, text/plain',
  'multipart/form-data ',
];
const mediaForms: SentForm[] = otherTypes.map((type) => ({
  what: type,
  contentType: `${type}; boundary=${own}`,
  body: whole(file()),
}));

/** Boundaries of odd letters, and content that is nearly a delimiter. */
const boundaryForms: SentForm[] = [
  ..."- -- --B B-- B- ---B--- 0 a'b'c a,b a(b) a?b=c a/b a:b a+b.c _ . .. = ? ' ()".split(' '),
  ...'é a%22 %B a*b a{b} a&b a^b a\\b'.split(' '),
  'a b',
  'a  b',
  ' a',
  'B ',
  'x'.repeat(70),
].map((boundary) => ({
  what: `the boundary ${boundary}`,
  contentType: `multipart/form-data; boundary="${boundary}"`,
  body: whole(file(`${picture}\r\n-\r\n--\r\n-- ${boundary}`, boundary), boundary),
}));

/** Delimiters that only some readers see, in a picture and in a field. */
const contentForms: SentForm[] = crossed(
  crossed(
    ['\r\n', '\n', '\r', '\n\r', '', '\v', '\f', '\x85', '\xe2\x80\xa8', '\r\n ', '\0', '\r\r\n'],
    [
      ...['\r\n', '\n', '\r', ' \r\n', '\t\r\n', '--\r\n', '--', 'x\r\n'].map(
        (after) => `--B${after}`,
      ),
      ...['-', '', '---', '- -'].map((dashes) => `${dashes}B\r\n`),
    ],
  ),
  ['file', 'text', 'start'] as const,
).map(([[before, mark], where]) => {
  // One part alone: the delimiter of a second one would be seen by every reader.
  const part = `${spell(mark)}${disposition('name="moderation"')}\r\n\r\nlow`;
  const content = `${where === 'start' ? '' : 'x'}${before}${part}`;
  const parts =
    where === 'text'
      ? text('user', content) + file()
      : file(where === 'start' ? content : picture + content);
  return {
    what: `${JSON.stringify(before + mark)} in a ${where}`,
    contentType: plainType,
    body: whole(parts),
  };
});

/** What may stand around the parts. */
const frameForms: SentForm[] = [
  ...crossed(
    ['', '\r\n', '\n', ' ', 'preamble\r\n', `${text('user', 'boss')}`, '--E\r\n', '\xef\xbb\xbf'],
    [
      '',
      '\r\n',
      '\n',
      '\r\n\r\n',
      ' ',
      ' \r\n',
      '\r\nepilogue',
      `\r\n${text('user', 'boss')}--${own}--\r\n`,
      `\r\n--${own}--\r\n`,
      '--',
      '\0',
    ],
  ).map(([before, after]) => ({
    what: `${JSON.stringify(before.slice(0, 9))} before and ${JSON.stringify(after.slice(0, 9))} after`,
    body: `${before}${whole(file()).slice(0, -2)}${after}`,
  })),
  { what: 'lines that end in LF', body: whole(file()).replaceAll('\r\n', '\n') },
  { what: 'lines that end in CR', body: whole(file()).replaceAll('\r\n', '\r') },
  { what: 'a header that ends in LF', body: whole(file()).replace('\r\n\r\n', '\n\n') },
  { what: 'no end', body: whole(file()).replace(/--\r\n$/, '') },
  { what: 'an end cut short', body: whole(file()).slice(0, -3) },
  { what: 'nothing', body: '' },
  { what: 'an end alone', body: `--${own}--\r\n` },
  { what: 'a part without header', body: whole(`--${own}\r\n\r\nx\r\n${file()}`) },
  {
    what: 'a part without blank line',
    body: whole(`--${own}\r\n${disposition('name="user"')}\r\n${file()}`),
  },
].map((form) => ({ ...form, contentType: plainType }));

/** Headers of a field before the picture, of one after it, and of the picture. */
const headerForms: SentForm[] = [
  ...oddNames.flatMap((name) => [
    {
      what: `a field with ${name}`,
      parts: block(disposition(name.replaceAll('V', 'quality')), 'high') + file(),
    },
    {
      what: `a late field with ${name}`,
      parts: file() + block(disposition(name.replaceAll('V', 'quality')), 'high'),
    },
    {
      what: `a file with ${name}`,
      parts: block(
        `${disposition(`${name.replaceAll('V', 'image')}; filename="a.png"`)}\r\nContent-Type: image/png`,
        picture,
      ),
    },
  ]),
  ...oddFileNames.flatMap((name) => [
    {
      what: `a file with ${name}`,
      parts: block(`${disposition(`name="image"; ${name}`)}\r\nContent-Type: image/png`, picture),
    },
    {
      what: `an untyped file with ${name} first`,
      parts: block(disposition(`${name}; name="image"`), picture),
    },
    {
      what: `a field with ${name}`,
      parts: block(disposition(`name="user"; ${name}`), 'boss') + file(),
    },
  ]),
  ...oddHeaders.flatMap((header) => [
    {
      what: `a field with ${header}`,
      parts: block(`${disposition('name="quality"')}\r\n${header}`, 'high') + file(),
    },
    {
      what: `a field after ${header}`,
      parts: block(`${header}\r\n${disposition('name="quality"')}`, 'high') + file(),
    },
    {
      what: `a field that is not ASCII with ${header}`,
      parts: block(`${disposition('name="user"')}\r\n${header}`, '+ACI-\xc3\xa9') + file(),
    },
    {
      what: `a file with ${header}`,
      parts: block(`${disposition('name="image"; filename="a.png"')}\r\n${header}`, picture),
    },
  ]),
  ...crossed(
    [';', ' ; ', ' ;', ';  ', ';\t', '; \t', ';\v', '; ; '],
    ['name="image"', 'name=image'],
  ).flatMap(([between, name]) => [
    {
      what: `${JSON.stringify(between)} between ${name} and a file name`,
      parts: block(
        `${disposition(`${name}${between}filename="a.png"`)}\r\nContent-Type: image/png`,
        picture,
      ),
    },
    {
      what: `${JSON.stringify(between)} between a file name and ${name}`,
      parts: block(
        `${disposition(`filename="a.png"${between}${name}`)}\r\nContent-Type: image/png`,
        picture,
      ),
    },
    {
      what: `${JSON.stringify(between)} before ${name}`,
      parts: block(`Content-Disposition: form-data${between}${name}; filename="a.png"`, picture),
    },
  ]),
  ...oddDispositions.map((kind) => ({
    what: `a field that is ${kind}`,
    parts: block(`Content-Disposition: ${kind}; name="quality"`, 'high') + file(),
  })),
].map(({ what, parts }) => ({ what, contentType: plainType, body: whole(parts) }));

/** Fields that are left out or replaced on their way, before and after the picture. */
const fieldForms: SentForm[] = crossed(
  ['', 'null', ' ', '\r\n', '\xff', 'high ', 'x\0', '\xef\xbb\xbfx'],
  ['quality', 'user', 'mask', 'image', 'n', 'prompt'],
).flatMap(([value, name]) => [
  {
    what: `${name} ${JSON.stringify(value)} first`,
    contentType: plainType,
    body: whole(text(name, value) + file()),
  },
  {
    what: `${name} ${JSON.stringify(value)} last`,
    contentType: plainType,
    body: whole(file() + text(name, value)),
  },
]);

/** Forms that a parser behind might read otherwise: each is refused, or read by all as it was checked. */
export const oddForms: SentForm[] = [
  ...typeForms,
  ...mediaForms,
  ...boundaryForms,
  ...contentForms,
  ...frameForms,
  ...headerForms,
  ...fieldForms,
];
