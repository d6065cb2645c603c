import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type Caller, findSession } from '@/lib/server/access/caller';

/** Who has asked for the page of this request; undefined: somebody who has to sign in first. */
export async function pageCaller(): Promise<Caller | undefined> {
  return findSession(await headers());
}

/** Who has asked for a page; whoever may not see it is led to the sign-in, and back after it. */
export async function requireCaller(path: string): Promise<Caller> {
  return (await pageCaller()) ?? redirect(`/sign-in?to=${encodeURIComponent(path)}`);
}
