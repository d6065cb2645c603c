import type { Model } from '@/lib/core/models/model';
import type { Caller } from '@/lib/server/access/caller';
import { getConfig } from '@/lib/server/config';

/** The settings that a page needs. */
export function pageConfig({ user }: Caller): { models: Model[]; pictureHosts: string[] } {
  const { models, pictureHosts } = getConfig();
  // The name of a signed-in user comes from the session.
  const withoutUser = (model: Model) => ({
    ...model,
    options: model.options.filter(({ name }) => name !== 'user'),
  });
  return { models: user === undefined ? models : models.map(withoutUser), pictureHosts };
}
