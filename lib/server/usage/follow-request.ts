import 'server-only';
import type { EndpointName } from '../../core/models/model';
import type { Caller } from '../access/caller';
import { codeOf } from '../log';
import type { BookedStart } from '../sharing/admission';
import type { StartAsk } from '../sharing/lines';
import { getAudit } from '../stores';
import type { AuditedEnd } from './audit';
import { metrics, type RequestEnd } from './metrics';

export type FollowedRequest = ReturnType<typeof followRequest>;

/**
 * Follows one request to the gateway from its beginning to its end, for what is counted and kept of it.
 * @param address of the client, its name where it gave none
 * @param run its id; undefined: a request of the mirror
 */
export function followRequest({
  endpoint,
  caller,
  address,
  run,
}: {
  endpoint: EndpointName;
  caller: Caller;
  address: string;
  run?: string;
}) {
  const begunAt = performance.now();
  let ask: Pick<StartAsk, 'model' | 'pictures'> | undefined;
  let charge: string | undefined;
  let sentAt: number | undefined;
  let isCounted = false;
  let noteEnd: ((end: AuditedEnd) => void) | undefined;

  function noteSent(): void {
    if (noteEnd || !ask) return;
    const { model, pictures: asked } = ask;
    const who = caller.user ?? address;
    noteEnd = getAudit().sent({ who, by: caller.kind, run, endpoint, model, asked }, charge);
  }

  return {
    /** Every check has passed. */
    checked(checked: Pick<StartAsk, 'model' | 'pictures'>): void {
      ask = checked;
    },
    /** It has been booked. */
    booked(booking: BookedStart): BookedStart {
      charge = booking.id;
      return booking;
    },
    /** Its last byte has gone. */
    passedOn(): void {
      isCounted = true;
      sentAt = performance.now();
      noteSent();
    },
    /** The gateway answers, which it may do before the last byte. @param status null: it gave no answer */
    answered(status: number | null): void {
      isCounted = true;
      metrics().gatewayAnswered(status);
      if (status === null) return;
      noteSent();
      if (!ask || sentAt === undefined) return;
      metrics().firstByte({ endpoint, model: ask.model }, performance.now() - sentAt);
    },
    /**
     * It has come to its end. What was refused, or left before anything was sent, is not counted.
     * @param returned how many pictures
     * @returns what the log says of its pictures
     */
    ended(
      outcome: RequestEnd,
      { returned = 0, error }: { returned?: number | undefined; error?: unknown },
    ): { asked?: number; returned?: number } {
      if (!ask || !isCounted) return {};
      const { model, pictures: asked } = ask;
      metrics().ended({ endpoint, model, end: outcome, ms: performance.now() - begunAt });
      noteEnd?.({ outcome, returned, code: error ? codeOf(error) : undefined });
      return { asked, returned };
    },
  };
}
