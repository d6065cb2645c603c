import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type Caller, findPerson } from '@/lib/server/access/caller';
import { personTag } from '@/lib/server/access/trusted-user';
import { getConfig } from '@/lib/server/config';
import { areStoresOpen } from '@/lib/server/stores';

/** The caller of this request; undefined if sign-in is required first, or nobody can be known yet (`isWaiting`). */
export async function pageCaller(): Promise<Caller | undefined> {
  return isWaiting() ? undefined : findPerson(await headers());
}

/** Whether people sign in here, and the database that keeps their sessions has not answered yet. */
export function isWaiting(): boolean {
  return getConfig().lock === 'password' && !areStoresOpen();
}

/** Stands for who is named by a proxy (`personTag`); undefined: nobody is, but people sign in, or all come in. */
export function personOfPage(caller: Caller | undefined): string | undefined {
  return caller?.kind === 'sso' ? personTag(caller.user ?? '') : undefined;
}

/** The caller of a page. Redirects to the sign-in page, and back afterwards, if there is no session. */
export async function requireCaller(path: string): Promise<Caller> {
  return (await pageCaller()) ?? redirect(`/sign-in?to=${encodeURIComponent(path)}`);
}
