/** The four kinds of error of the wire envelope (OpenAI's names). */
export type ErrorType =
  | 'invalid_request_error'
  | 'rate_limit_error'
  | 'authentication_error'
  | 'server_error';

interface ErrorRow {
  status: number;
  type: ErrorType;
  /**
   * What became of the request upstream. `nothing`: it was never carried out, so a repeat costs
   * nothing. `unknown`: it may have been carried out and charged, so nobody repeats it unasked.
   */
  outcome: 'nothing' | 'unknown';
}

const refused = (status: number, type: ErrorType = 'invalid_request_error'): ErrorRow => ({
  status,
  type,
  outcome: 'nothing',
});
const uncertain = (status: number): ErrorRow => ({
  status,
  type: 'server_error',
  outcome: 'unknown',
});

/** Every error code of the outside interface, with its HTTP status. */
export const errorTable = {
  invalid_value: refused(400),
  missing_parameter: refused(400),
  unknown_parameter: refused(400),
  model_not_found: refused(400),
  invalid_json: refused(400),
  invalid_multipart: refused(400),
  sign_in_required: refused(401, 'authentication_error'),
  wrong_password: refused(401, 'authentication_error'),
  origin_not_allowed: refused(403),
  not_found: refused(404),
  run_not_found: refused(404),
  run_gone: refused(410),
  method_not_allowed: refused(405),
  request_too_large: refused(413),
  unsupported_media_type: refused(415),
  idempotency_key_reused: refused(422),
  contentFilter: refused(400),
  rate_limit_exceeded: refused(429, 'rate_limit_error'),
  queue_wait: refused(429, 'rate_limit_error'),
  budget_exceeded: refused(429, 'rate_limit_error'),
  too_many_attempts: refused(429, 'rate_limit_error'),
  upstream_unreachable: refused(502, 'server_error'),
  upstream_auth: refused(502, 'server_error'),
  spool_full: refused(503, 'server_error'),
  store_unavailable: refused(503, 'server_error'),
  server_stopping: refused(503, 'server_error'),
  server_error: uncertain(500),
  upstream_invalid_answer: uncertain(502),
  answer_too_large: uncertain(502),
  upstream_timeout: uncertain(504),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

/** The envelope of every error on the wire, ours and the gateway's (contract, "Errors and time"). */
export interface ErrorEnvelope {
  error: { message: string; type: string; param: string | null; code: string | null };
}

const brand = Symbol.for('turing-playground.ApiError');

/** The one error class: what is thrown inside becomes the envelope outside. */
export class ApiError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly status: number;
  readonly type: ErrorType;
  /** False where a repeat might be charged a second time. */
  readonly safeToRepeat: boolean;

  constructor({
    code,
    message,
    param = null,
    outcome,
  }: {
    code: ErrorCode;
    message: string;
    param?: string | null;
    /** Where the same code can end either way, what happened this time. */
    outcome?: ErrorRow['outcome'];
  }) {
    super(message);
    this.name = 'ApiError';
    const row = errorTable[code];
    this.code = code;
    this.param = param;
    this.status = row.status;
    this.type = row.type;
    this.safeToRepeat = (outcome ?? row.outcome) === 'nothing';
  }

  /** The error as it goes over the wire. */
  toEnvelope(): ErrorEnvelope {
    const { message, type, param, code } = this;
    return { error: { message, type, param, code } };
  }
}

// A Next server holds this class several times in one process; an error of one copy is an instance
// of all. A subclass knows its own by the prototype, as ever.
Object.defineProperty(ApiError, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (this !== ApiError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && brand in value;
  },
});

/**
 * Reads an error envelope out of a parsed JSON answer. Accepts the page's `{error: {message, code}}`
 * with or without `type` and `param`, and `{error: "text"}` as some gateways write it, which may have
 * its `message` beside it.
 * @returns undefined if the value is no envelope; an `error` that says nothing, such as null, `{}` or
 * `{message: "", code: 0}`, is none either.
 */
export function readErrorEnvelope(value: unknown): ErrorEnvelope | undefined {
  if (typeof value !== 'object' || value === null || !('error' in value)) return undefined;
  const { error } = value;
  if (typeof error === 'string' && error !== '') {
    const message = wordsOf({ ...value, error: undefined }) || error;
    return { error: { message, type: 'server_error', param: null, code: null } };
  }
  if (typeof error !== 'object' || error === null || Array.isArray(error)) return undefined;
  if (!Object.values(error).some(Boolean)) return undefined;
  const text = (key: string): string | null => {
    const field: unknown = (error as Record<string, unknown>)[key];
    return typeof field === 'string' ? field : typeof field === 'number' ? String(field) : null;
  };
  return {
    error: {
      message: text('message') ?? wordsOf(error),
      type: text('type') ?? 'server_error',
      param: text('param'),
      code: text('code'),
    },
  };
}

const wordFields = [
  'message',
  'msg',
  'detail',
  'error_msg',
  'error_description',
  'reason',
  'errors',
];

/** The words of an error that is no envelope: a text, a field that holds one, or a list of these. */
export function wordsOf(said: unknown, levels = 4): string {
  if (typeof said === 'string') return said.trim();
  if (levels === 0 || typeof said !== 'object' || said === null) return '';
  if (Array.isArray(said)) {
    const all = said.slice(0, 20).map((one) => wordsOf(one, levels - 1));
    return all.filter(Boolean).join('; ');
  }
  const fields = said as Record<string, unknown>;
  for (const name of wordFields) {
    const words = wordsOf(fields[name], levels - 1);
    // FastAPI says in a list of keys which field it means.
    if (words !== '')
      return Array.isArray(fields.loc) ? `${fields.loc.join('.')}: ${words}` : words;
  }
  return '';
}

// Messages of the server where one code has two causes that need different actions. The page tells
// the causes apart by these words.

/** The gateway closed the connection before the upload was complete. */
export const uploadCutWords =
  'The gateway closed the connection during the upload. The request may be too large for it. ' +
  'It did not arrive completely.';

/** Begins a message about something that only the operator can correct. */
export const forOperatorWords = 'Administrators:';

/** What to do where a gateway does not know the address that it is asked at. */
export const addressHint =
  'check TURING_BASE_URL: the paths of the endpoints are added to it, and it usually ends in /v1.';

/** The text of an HTML page without its tags, such as a proxy's error page. */
export function pageWords(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
