import { onePixel } from '../../../../e2e/sample-pictures';

// The forms in which gateways are known to put a picture into a chat message. The reader of the pages
// and the server's inspection are asked about each, so that they agree.

const dataUrl = `data:image/png;base64,${onePixel}`;
const inline = { mime_type: 'image/png', data: onePixel };

/** Messages, or pieces of one, with the same one picture; by what is odd about them. */
export const messageForms: [string, Record<string, unknown>][] = [
  ['an address in a list', { images: [dataUrl] }],
  ['bare base64 in a list', { images: [onePixel] }],
  ['addresses without a type', { images: [{ url: dataUrl }] }],
  ['as image endpoints have it', { images: [{ b64_json: onePixel }] }],
  ['as image endpoints have it, with a head', { images: [{ type: 'image', b64_json: dataUrl }] }],
  ['as Gemini has it', { content: [{ inline_data: inline }] }],
  ['as Gemini has it too', { images: [{ inlineData: { mimeType: 'image/png', data: onePixel } }] }],
  ['a block of the contract', { content: [{ type: 'image_url', image_url: { url: dataUrl } }] }],
  ['an address alone', { content: [{ type: 'image_url', image_url: dataUrl }] }],
  ['Markdown', { content: `![a bear](${dataUrl})` }],
  ['Markdown with a title', { content: `![](<${dataUrl}> "A bear")` }],
  ['Markdown in a block', { content: [{ type: 'text', text: `![](${dataUrl})` }] }],
  ['a data URL for words', { content: dataUrl }],
  ['in two places', { content: [{ image_url: { url: dataUrl } }], images: [dataUrl] }],
  ['in two forms', { content: `![](${dataUrl})`, images: [{ b64_json: onePixel }] }],
];
