import 'server-only';
import type { EndpointName } from '../../core/models/model';
import type { StartAsk } from '../sharing/lines';
import { metrics, type RequestEnd } from './metrics';

export type FollowedRequest = ReturnType<typeof followRequest>;

/** Follows one request to the gateway from its beginning to its end, for what is counted. */
export function followRequest(endpoint: EndpointName) {
  const begunAt = performance.now();
  let model: string | undefined;
  let sentAt: number | undefined;
  let mayHaveGone = false;

  return {
    /** Every check has passed. */
    checked(ask: Pick<StartAsk, 'model'>): void {
      ({ model } = ask);
    },
    /** Its last byte has gone. */
    passedOn(): void {
      mayHaveGone = true;
      sentAt = performance.now();
    },
    /** The gateway answers, which it may do before the last byte. @param status null: it gave no answer */
    answered(status: number | null): void {
      mayHaveGone = true;
      metrics().gatewayAnswered(status);
      if (status === null || model === undefined || sentAt === undefined) return;
      metrics().firstByte({ endpoint, model }, performance.now() - sentAt);
    },
    /** It has come to its end. One that was refused, or left before anything was sent, is not counted. */
    ended(end: RequestEnd): void {
      if (model === undefined || !mayHaveGone) return;
      metrics().ended({ endpoint, model, end, ms: performance.now() - begunAt });
    },
  };
}
