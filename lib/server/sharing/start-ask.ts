import 'server-only';
import { askedPictures, type ImageRequest } from '../../core/endpoints/image-request';
import type { EndpointName } from '../../core/models/model';
import type { UploadFacts } from '../request/inspect-request';
import type { StartAsk } from './lines';

/** What a checked request asks for. A chat counts as one picture: how many it brings, nobody knows before. */
export function startAsk(
  endpoint: EndpointName,
  { model, request }: Pick<UploadFacts, 'model' | 'request'>,
  owner: Pick<StartAsk, 'person' | 'visitor' | 'key'>,
): StartAsk {
  const pictures = endpoint === 'chat' ? 1 : askedPictures(request as ImageRequest).count;
  return { ...owner, model, pictures };
}
