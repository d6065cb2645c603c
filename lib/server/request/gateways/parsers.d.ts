// The parsers that stand for gateways in the tests, as far as they are used there.

declare module 'busboy' {
  import type { Readable, Writable } from 'node:stream';

  type Busboy = Writable & {
    on(event: 'field', listener: (name: string, value: string) => void): Busboy;
    on(event: 'file', listener: (name: string, file: Readable) => void): Busboy;
  };
  export default function busboy(options: { headers: Record<string, string> }): Busboy;
}

declare module 'formidable' {
  import type { Readable } from 'node:stream';

  type Part = Readable & { name: string; originalFilename: string | null };
  type Form = { onPart: (part: Part) => void; parse(request: Readable): Promise<unknown> };
  export default function formidable(): Form;
}

declare module 'multer' {
  import type { IncomingMessage } from 'node:http';

  type Handler = (
    request: IncomingMessage,
    response: object,
    next: (error?: unknown) => void,
  ) => void;
  export default function multer(options: { storage: unknown }): { any(): Handler };
  export function memoryStorage(): unknown;
}

declare module 'express' {
  import type { IncomingMessage } from 'node:http';
  export function json(options: {
    limit: number;
  }): (request: IncomingMessage, response: object, next: (error?: unknown) => void) => void;
}
