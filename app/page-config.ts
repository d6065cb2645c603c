import type { Model } from '@/lib/core/models/model';
import type { Caller } from '@/lib/server/access/caller';
import { getConfig } from '@/lib/server/config';

/** What a page is told of the settings. */
export function pageConfig({ user }: Caller): { models: Model[]; pictureHosts: string[] } {
  const { models, pictureHosts } = getConfig();
  // Of whoever is signed in the server says the name itself.
  const withoutUser = (model: Model) => ({
    ...model,
    options: model.options.filter(({ name }) => name !== 'user'),
  });
  return { models: user === undefined ? models : models.map(withoutUser), pictureHosts };
}
