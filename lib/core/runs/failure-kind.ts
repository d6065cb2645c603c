/** What went wrong, as far as it matters for what somebody can do about it. */
export type FailureKind =
  | 'prompt_refused'
  | 'output_refused'
  | 'rate_limit'
  | 'quota_spent'
  | 'queue_wait'
  | 'budget_wait'
  | 'budget_spent'
  | 'timeout'
  | 'unreachable'
  | 'upload_cut'
  | 'hung_up'
  | 'broken_answer'
  | 'broken_off'
  | 'answer_too_large'
  | 'operator'
  | 'hidden_host'
  | 'spool_full'
  | 'server_stopping'
  | 'store_unavailable'
  | 'lost'
  | 'reference_lost'
  | 'browser_full'
  | 'interrupted'
  | 'too_large'
  | 'signed_out'
  | 'refused'
  | 'server_error'
  | 'proxy_too_large'
  | 'proxy_unavailable'
  | 'proxy_timeout'
  | 'network'
  | 'unread'
  | 'unknown';

/** A run that has failed. */
interface Failed {
  kind: FailureKind;
}

/**
 * Whether a run that failed so can be started again under its key: the server has not taken it up, or
 * finds it by the key. A proxy's error page does not tell whether the request got through.
 */
export function isResumable({ kind }: Failed): boolean {
  return resumable.has(kind);
}

const resumable: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'network',
  'browser_full',
  'server_stopping',
  'store_unavailable',
  'proxy_unavailable',
  'proxy_timeout',
  'unread',
]);

/**
 * Whether the server refused a start because it is being stopped, or its database does not answer. Nothing was sent
 * or claimed, so that it goes on under its key once the server is back.
 */
export function isServerAway({ kind }: Failed): boolean {
  return kind === 'server_stopping' || kind === 'store_unavailable';
}

/**
 * Whether a start was refused because it is not its turn, or a budget has no room. Nothing was claimed, so that it can
 * go on under its key. Only cells of experiments wait for a day's budget.
 */
export function isTurnWait({ kind }: Failed): boolean {
  return kind === 'queue_wait' || kind === 'budget_wait' || kind === 'budget_spent';
}
