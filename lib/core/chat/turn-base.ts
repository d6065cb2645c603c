import type { Model } from '../models/model';
import { type ChatMessage, pictureKey, type TurnRequest } from './message';
import { type ChatSettings, turnFields } from './settings';

/** What a turn asks for, before it is known which pictures go along. */
export type TurnBase = Omit<TurnRequest, 'pictures'>;

/**
 * What the settings of now ask for at the end of a path. Where a model was last sent the pictures of
 * answers as the designer's own, because it refused them otherwise, it is sent them so again.
 */
export function turnBase({
  path,
  settings,
  model,
}: {
  path: readonly ChatMessage[];
  settings: ChatSettings;
  model: Model;
}): TurnBase {
  const before = path.findLast(
    (message) => message.role === 'assistant' && message.request.fields.model === model.id,
  );
  return {
    fields: turnFields(settings, model),
    systemPrompt: settings.systemPrompt,
    picturesAs: before?.role === 'assistant' ? before.request.picturesAs : 'blocks',
  };
}

/** What earlier answers bring back besides their words, which a gateway may refuse. */
export function broughtBack({
  path,
  request,
}: {
  path: readonly ChatMessage[];
  request: TurnRequest;
}): 'pictures' | 'fields' | 'words' {
  const answers = path.filter((message) => message.role === 'assistant');
  if (request.picturesAs === 'user' || answers.length === 0) return 'words';
  const isSent = ({ id, parts }: (typeof answers)[number]) =>
    parts.some((_, index) => request.pictures.includes(pictureKey(id, index)));
  if (answers.some(isSent)) return 'pictures';
  const hasFields = ({ fields, parts }: (typeof answers)[number]) =>
    Object.keys(fields).length > 0 ||
    parts.some(({ kind, ...part }) => kind === 'other' || ('fields' in part && part.fields));
  return answers.some(hasFields) ? 'fields' : 'words';
}
