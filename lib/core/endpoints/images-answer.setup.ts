import { onePixel } from '../../../e2e/sample-pictures';

// The forms of an image answer that gateways are known to write. The reader of the pages and the
// server's inspection are asked about each, so that they agree.

const dataUrl = `data:image/png;base64,${onePixel}`;
export const link = 'https://a.test/b.png';
const cutShort = onePixel.slice(0, 60);

/** Answers with the same one picture, by what is odd about them. */
export const pictureForms: [string, object][] = [
  ['base64 with a head', { data: [{ b64_json: dataUrl }] }],
  ['base64 after white space', { data: [{ b64_json: `\n ${dataUrl}` }] }],
  ['a data URL', { data: [{ url: dataUrl }] }],
  ['bare base64 as an address', { data: [{ url: onePixel }] }],
  ['beside null', { data: [{ b64_json: null, url: dataUrl }] }],
  ['beside nothing', { data: [{ b64_json: '', url: dataUrl }] }],
  ['twice', { data: [{ b64_json: onePixel, url: dataUrl }] }],
  ['with a link', { data: [{ url: link, b64_json: onePixel }] }],
  ['with a link after it', { data: [{ b64_json: onePixel, url: link }] }],
  ['after a broken one', { data: [{ url: cutShort, b64_json: onePixel }] }],
  ['texts', { data: [dataUrl] }],
  ['a list of another name', { images: [dataUrl] }],
  ['addresses in it', { images: [{ url: dataUrl }] }],
  ['base64 in it', { images: [{ b64_json: onePixel }] }],
  ['as chats have it', { images: [{ type: 'image_url', image_url: { url: dataUrl } }] }],
  ['as Gemini has it', { data: [{ inline_data: { mime_type: 'image/png', data: onePixel } }] }],
  ['as Gemini has it too', { data: [{ inlineData: { data: onePixel } }] }],
  ['in both lists', { images: [dataUrl], data: [{ b64_json: onePixel }] }],
  ['beside an empty list', { data: [], images: [dataUrl] }],
  ['beside an empty error', { error: {}, data: [{ b64_json: onePixel }] }],
];

/** Entries of an answer that hold a link and no good picture, by what stands beside it. */
export const linkForms: [string, object][] = [
  ['no base64', { b64_json: '', url: link }],
  ['a link in another field', { b64_json: link }],
  ['something broken', { b64_json: cutShort, url: link }],
];
