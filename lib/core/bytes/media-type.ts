/** A media type: `multipart/form-data`, and its parameters by their names, all names in lower case. */
export interface MediaType {
  type: string;
  parameters: ReadonlyMap<string, string>;
}

const token = "[\\w!#$%&'*+.^`|~-]+";
const start = new RegExp(`^(${token}/${token})[ \\t]*`);
const parameter = new RegExp(`;[ \\t]*(?:(${token})=(?:(${token})|"([^"\\\\]*)")[ \\t]*)?`, 'y');

/**
 * Reads a media type (RFC 9110 §8.3.1) that every reader understands alike.
 * @returns undefined for any other: malformed, with a parameter twice, with a continued or extended
 * parameter (`name*0`, `name*`; RFC 2231), or with a backslash in a quoted value
 */
export function parseMediaType(text: string): MediaType | undefined {
  const head = start.exec(text);
  if (!head || /[^\t\x20-\x7e]/.test(text)) return undefined;
  const parameters = new Map<string, string>();
  parameter.lastIndex = head[0].length;
  while (parameter.lastIndex < text.length) {
    const match = parameter.exec(text);
    if (!match) return undefined;
    const name = match[1]?.toLowerCase();
    if (name === undefined) continue;
    if (name.includes('*') || parameters.has(name)) return undefined;
    parameters.set(name, match[2] ?? match[3] ?? '');
  }
  return { type: (head[1] ?? '').toLowerCase(), parameters };
}

/** The boundary of a `multipart/form-data` content type (RFC 2046 §5.1.1), if it has one legal one. */
export function boundaryOf(contentType: string): string | undefined {
  const boundary = parseMediaType(contentType)?.parameters.get('boundary') ?? '';
  return /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary) ? boundary : undefined;
}

/** The content type of a form with this boundary, as the server writes it. */
export function formType(boundary: string): string {
  const isToken = new RegExp(`^${token}$`).test(boundary);
  return `multipart/form-data; boundary=${isToken ? boundary : `"${boundary}"`}`;
}
