import 'server-only';
import { askedPictures, type ImageRequest } from '../../core/endpoints/image-request';
import type { EndpointName } from '../../core/models/model';
import type { UploadFacts } from '../request/inspect-request';
import type { StartAsk } from './lines';

/**
 * What a request asks for. A chat counts as one picture: how many it brings, nobody knows before.
 * @param request checked; undefined: it has not come yet, and asks for at least one
 */
export function startAsk(
  endpoint: EndpointName,
  { model, request }: { model: string; request?: UploadFacts['request'] },
  owner: Pick<StartAsk, 'person' | 'visitor' | 'key'>,
): StartAsk {
  const isKnown = endpoint !== 'chat' && request !== undefined;
  const pictures = isKnown ? askedPictures(request as ImageRequest).count : 1;
  return { ...owner, model, pictures };
}
