import 'server-only';
import { ApiError } from '../core/errors';
import type { EndpointName } from '../core/models/model';
import { acceptUpload, type Upload } from './accept-upload';
import { type Config, getConfig } from './config';
import { errorResponse } from './error-response';
import { log } from './log';
import { refusedResponse } from './refused-answer';
import { type RelayOutcome, relayAnswer } from './relay-answer';
import { checkOrigin } from './request-guard';
import { createSilenceWatch } from './silence';
import { drainUpload, upstreamSilent } from './upload';
import { callUpstream } from './upstream';
import { upstreamFailure } from './upstream-failure';

/** The status in our log of a request whose client went away. */
const clientGone = 499;

/**
 * Answers a POST on one of the three endpoints: check, upstream, inspect, answer. The request goes
 * upstream at most once, and is ended there when the client goes away.
 */
export async function serve(
  endpoint: EndpointName,
  request: Request,
  config: Config = getConfig(),
): Promise<Response> {
  const started = performance.now();
  let upload: Upload | undefined;
  const record = (status: number, { bytes, error }: RelayOutcome) =>
    log().info({
      endpoint,
      model: upload?.model,
      status,
      ms: Math.round(performance.now() - started),
      bytes,
      ...(error instanceof Error && { error: error.message }),
    });

  const reader = (request.body ?? new Blob().stream()).getReader();
  const upstream = new AbortController();
  const signal = AbortSignal.any([request.signal, upstream.signal]);
  const abort = (reason: Error) => {
    upstream.abort(reason);
    // A client that fell silent in its upload is not waited for either.
    if (!(reason instanceof ApiError)) void reader.cancel(reason);
  };
  // Two, since upstream may answer while the client is still sending.
  const uploadWatch = createSilenceWatch({ timeoutMs: config.timeoutMs, abort });
  const answerWatch = createSilenceWatch({ timeoutMs: config.timeoutMs, abort });
  const secret = config.gateway.mode === 'gateway' ? config.gateway.apiKey : undefined;

  try {
    checkOrigin(request.headers, config.publicOrigin);
    upload = await acceptUpload({
      endpoint,
      headers: request.headers,
      reader,
      models: config.models,
      watch: uploadWatch,
    });
    if (upload.checked) uploadWatch.begin(upstreamSilent);
    const answer = await callUpstream({ endpoint, ...upload, signal }, config);
    uploadWatch.end();
    if (answer.status < 200 || answer.status >= 300) {
      const response = await refusedResponse(answer, secret);
      if (!upload.checked) void drainUpload(reader);
      record(response.status, { bytes: 0, error: undefined });
      return response;
    }
    return await relayAnswer({
      answer,
      endpoint,
      secret,
      watch: answerWatch,
      abort: () => upstream.abort(),
      onEnd: (outcome) => record(200, outcome),
    });
  } catch (error) {
    upstream.abort();
    uploadWatch.end();
    if (request.signal.aborted) {
      record(clientGone, { bytes: 0, error: undefined });
      return new Response(null, { status: clientGone });
    }
    const failure = upstreamFailure({
      error,
      reason: signal.reason,
      sent: upload?.checked ?? false,
    });
    await drainUpload(reader);
    record(failure.status, { bytes: 0, error: failure });
    return errorResponse(failure);
  }
}
