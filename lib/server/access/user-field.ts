import 'server-only';
import { ApiError } from '../../core/api-error';
import type { BodyInspector } from '../request/upload';

/** Puts the caller's name into a body as it passes; everything else stays as it came. */
export interface UserField {
  /** How many bytes longer the body becomes. */
  byteLength: number;
  /** Takes the next bytes of the body, and gives them with the field in its place. */
  write(chunk: Uint8Array): Uint8Array;
}

const openingBrace = 0x7b;

/**
 * The field `user`: the first member of a JSON object, or the first part of a form.
 * @param boundary of a form; undefined: the body is JSON
 */
export function createUserField({
  user,
  boundary,
}: {
  user: string;
  boundary: string | undefined;
}): UserField {
  const field = Buffer.from(
    boundary === undefined
      ? `"user":${JSON.stringify(user)},`
      : `--${boundary}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${user}\r\n`,
  );
  let isPlaced = false;
  return {
    byteLength: field.length,
    write(chunk) {
      if (isPlaced || chunk.length === 0) return chunk;
      // Before the brace there can only be white space, or the body is not let through.
      const at = boundary === undefined ? chunk.indexOf(openingBrace) + 1 : 0;
      if (boundary === undefined && at === 0) return chunk;
      isPlaced = true;
      return Buffer.concat([chunk.subarray(0, at), field, chunk.subarray(at)]);
    },
  };
}

/** The inspector of a body that also puts the field into it. */
export function withUserField(inspector: BodyInspector, field: UserField): BodyInspector {
  return {
    write: (chunk) => field.write(inspector.write(chunk)),
    end: () => inspector.end(),
  };
}

/** Refuses a name that a client gives itself. @throws ApiError `invalid_value` */
export function refuseUser(body: object): void {
  if (!('user' in body)) return;
  throw new ApiError({
    code: 'invalid_value',
    param: 'user',
    message:
      'user cannot be sent here: the server sets it to the name of whoever is signed in. Leave it out.',
  });
}
