import 'server-only';
import { formatErrorsAs } from '../../core/bytes/format-error';
import { createMemberFilter } from '../../core/bytes/json-members';
import { createJsonReader } from '../../core/bytes/json-stream';
import { type ChatRequest, decodeChat } from '../../core/endpoints/chat/chat-request';
import type { FilePart, TextPart } from '../../core/endpoints/edit-request';
import type { ImageRequest } from '../../core/endpoints/image-request';
import { invalidJson } from '../../core/endpoints/json-body';
import type { Model } from '../../core/models/model';
import { createUtf8Check } from './utf8-check';

/** What the checks found in a whole body. */
export interface UploadFacts {
  model: string;
  /** The checked request, without its files. */
  request: ImageRequest | ChatRequest;
  /** The text fields and the files of a form, each in their order; none of JSON. */
  texts: readonly TextPart[];
  files: readonly FilePart[];
  /** The client named a user, and the server's own went upstream instead. */
  userReplaced: boolean;
}

/** Checks a body as it passes. */
export interface BodyInspector {
  /** Takes the next bytes and returns those that may go upstream. @throws ApiError */
  write(chunk: Uint8Array): Uint8Array;
  /** Says that nothing more comes. @throws ApiError if the body fails a check */
  end(): UploadFacts;
}

/** The fields in which a client can name its user. */
export const userFields: readonly string[] = ['user', 'safety_identifier'];

/** The fields in which a client names its user: where the server does, they are its own. */
export function userFieldsIn(request: object): string[] {
  return userFields.filter((name) => name in request);
}

/**
 * Writes JSON as it goes upstream, in the same length: without members that are `null`, which count as
 * left out, and with the server's user instead of the client's.
 * @param fields name the server's user; empty where the model takes none
 * @param user undefined: the client's own stays
 */
export function createJsonFilter(
  user: string | undefined,
  fields: readonly string[] = ['user'],
): { write(chunk: Uint8Array): Uint8Array; addedBytes: number } {
  const members =
    user === undefined ? [] : fields.map((name) => `"${name}":${JSON.stringify(user)},`);
  const insert = Buffer.from(members.join(''));
  const isDropped = (name: string) => user !== undefined && userFields.includes(name);
  const write = createMemberFilter({ isDropped, insert });
  return {
    write: (chunk) => formatErrorsAs(invalidJson)(() => write(chunk)),
    addedBytes: insert.length,
  };
}

/**
 * Inspects a chat body that is too large to be held: its JSON is read as it passes, without pictures.
 * @param user the server's
 */
export function inspectChatBody(
  models: readonly Model[],
  user: string | undefined,
): BodyInspector & { addedBytes: number } {
  const reader = createJsonReader();
  const utf8 = createUtf8Check();
  const filter = createJsonFilter(user);
  const checked = formatErrorsAs(invalidJson);
  return {
    addedBytes: filter.addedBytes,
    write(chunk) {
      checked(() => {
        reader.write(chunk);
        utf8.write(chunk);
      });
      return filter.write(chunk);
    },
    end() {
      checked(utf8.end);
      const request = decodeChat(checked(reader.end), models);
      const userReplaced = user !== undefined && userFieldsIn(request).length > 0;
      return { model: request.model, request, texts: [], files: [], userReplaced };
    },
  };
}
