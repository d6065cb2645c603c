'use client';
import { useEffect } from 'react';
import { keepCookie } from '@/lib/client/browser/cookies';
import { later, useLater } from '@/lib/client/browser/later';
import { personCookie } from '@/lib/core/sign-in';

const sheet = later(async () => (await import('./session-sheet')).SessionSheet);

/**
 * Watches the session. No request by which it could be found to be over is sent before the rest of this is
 * loaded.
 * @param name of who has signed in here; undefined: a proxy signs people in, when the page is loaded
 * @param person for whom this browser keeps its work from now on
 */
export function SessionNotice({
  name,
  person,
}: {
  name: string | undefined;
  person: string | undefined;
}) {
  useEffect(() => {
    if (person !== undefined) keepCookie(personCookie, person);
  }, [person]);
  const Sheet = useLater(sheet, false);
  return typeof Sheet === 'object' && <Sheet.value name={name} />;
}
