// Forms by their parts, and forms as HTTP clients write them.

/** A form as a client sends it. */
export interface SentForm {
  what: string;
  contentType: string;
  /** One character per byte. */
  body: string;
}

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000', 'hex');
/** The content of a picture's file, with bytes of every kind. */
export const picture = png.toString('latin1') + String.fromCharCode(...Array(256).keys());

/** The boundary that is read. A short one is found in pictures by some parsers. */
export const own = 'bOuNdArY0';
/** One that is not. */
export const evil = 'eViLeViL1';
export const plainType = `multipart/form-data; boundary=${own}`;

export const block = (headers: string, content: string, boundary = own) =>
  `--${boundary}\r\n${headers}\r\n\r\n${content}\r\n`;
export const disposition = (parameters: string) => `Content-Disposition: form-data; ${parameters}`;
export const text = (name: string, value: string, boundary = own) =>
  block(disposition(`name="${name}"`), value, boundary);
export const file = (content = picture, boundary = own, name = 'image') =>
  block(
    `${disposition(`name="${name}"; filename="a.png"`)}\r\nContent-Type: image/png`,
    content,
    boundary,
  );
const fields = (boundary = own) =>
  text('model', 'turing/gpt-image-2', boundary) + text('prompt', 'a cat', boundary);
/** A whole body of these parts, between the fields and the end. */
export const whole = (parts: string, boundary = own) =>
  `${fields(boundary)}${parts}--${boundary}--\r\n`;
/** What a client would hide. */
export const hidden = (boundary: string) =>
  text('user', 'boss', boundary) + text('model', 'expensive', boundary);

/** Forms as the HTTP clients of the world write them; each has to pass. */
export const clientForms: SentForm[] = [
  ['a browser', plainType, whole(file())],
  ['several pictures', plainType, whole(file(picture, own, 'image[]').repeat(3))],
  ['pictures that repeat their name', plainType, whole(file().repeat(2))],
  ['files first', plainType, `${file()}${fields()}--${own}--\r\n`],
  ['a quoted boundary', `multipart/form-data; boundary="${own}"`, whole(file())],
  [
    'a boundary that needs quotes',
    'multipart/form-data; boundary="=_B:1"',
    whole(file(picture, '=_B:1'), '=_B:1'),
  ],
  ['a charset', `multipart/form-data; charset=UTF-8; boundary=${own}`, whole(file())],
  ['no line at the end', plainType, whole(file()).slice(0, -2)],
  ['requests', plainType, whole(block(disposition('name="image"; filename="a.png"'), picture))],
  ['Unicode', plainType, whole(text('user', Buffer.from('王 🐱').toString('latin1')) + file())],
  [
    'a Chinese file name',
    plainType,
    whole(file().replace('a.png', Buffer.from('猫.png').toString('latin1'))),
  ],
  [
    'urllib3',
    plainType,
    whole(file().replace('filename="a.png"', "filename*=utf-8''%E7%8C%AB.png")),
  ],
  [
    '.NET',
    `multipart/form-data; boundary="${own}"`,
    whole(
      block(
        'Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=quality',
        'high',
      ) +
        block(
          "Content-Disposition: form-data; name=image; filename=a.png; filename*=utf-8''a.png",
          picture,
        ),
    ),
  ],
  [
    'Apache',
    plainType,
    whole(
      block(
        `${disposition('name="quality"')}\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit`,
        'high',
      ) +
        block(
          `${disposition('name="image"; filename="a.png"')}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary`,
          picture,
        ),
    ),
  ],
  [
    'OkHttp',
    plainType,
    whole(
      block(`${disposition('name="quality"')}\r\nContent-Length: 4`, 'high') +
        block(
          `${disposition('name="image"; filename="a.png"')}\r\nContent-Type: image/png\r\nContent-Length: ${picture.length}`,
          picture,
        ),
    ),
  ],
  [
    'ASCII',
    plainType,
    whole(
      block(
        `${disposition('name="quality"')}\r\nContent-Type: text/plain; charset=us-ascii`,
        'low',
      ) + file(),
    ),
  ],
  [
    'harmful file names',
    plainType,
    whole(file().replace('a.png', '..\\/x; name=user; "'.replaceAll('"', '\\"'))),
  ],
].map(([what = '', contentType = '', body = '']) => ({ what, contentType, body }));
