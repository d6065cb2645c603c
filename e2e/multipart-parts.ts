/** One part of a multipart body. */
export interface Part {
  name: string;
  fileName: string | undefined;
  type: string | undefined;
  bytes: Buffer;
}

/** The parts of a multipart body that a browser has written, in their order. */
export function partsOf({
  body,
  headers,
}: {
  body: Buffer;
  headers: Record<string, string | string[] | undefined>;
}): Part[] {
  const boundary = /boundary=([^;]+)/.exec(String(headers['content-type']))?.[1] ?? '';
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const headEnd = body.indexOf('\r\n\r\n', at);
    const head = body.toString('utf8', at, headEnd);
    parts.push({
      name: /name="([^"]*)"/.exec(head)?.[1] ?? '',
      fileName: /filename="([^"]*)"/.exec(head)?.[1],
      type: /content-type: *(\S+)/i.exec(head)?.[1],
      bytes: body.subarray(headEnd + 4, next - 2),
    });
    at = next;
  }
  return parts;
}
