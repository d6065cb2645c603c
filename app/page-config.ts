import { cookies } from 'next/headers';
import { keptCookie } from '@/lib/core/kept-cookie';
import type { Model } from '@/lib/core/models/model';
import type { Caller } from '@/lib/server/access/caller';
import { getConfig } from '@/lib/server/config';

/** The settings that a page needs, and whether this browser is thought to keep nothing yet. */
export async function pageConfig({
  user,
}: Caller): Promise<{ models: Model[]; pictureHosts: string[]; isFirstVisit: boolean }> {
  const { models, pictureHosts } = getConfig();
  // The name of a signed-in user comes from the session.
  const withoutUser = (model: Model) => ({
    ...model,
    options: model.options.filter(({ name }) => name !== 'user'),
  });
  return {
    models: user === undefined ? models : models.map(withoutUser),
    pictureHosts,
    isFirstVisit: !(await cookies()).has(keptCookie),
  };
}
