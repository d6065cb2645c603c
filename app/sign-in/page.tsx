import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ProxyStudio, SignInStudio, WaitingStudio } from '@/components/sign-in/sign-in-studio';
import { readReturnPath } from '@/lib/core/sign-in';
import { getMessages } from '@/lib/i18n/messages';
import { getConfig } from '@/lib/server/config';
import { isWaiting, pageCaller } from '../page-caller';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).signIn.page };
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ to?: unknown }>;
}) {
  const to = readReturnPath((await searchParams).to);
  if (await pageCaller()) redirect(to);
  if (isWaiting()) return <WaitingStudio to={to} />;
  return getConfig().lock === 'header' ? <ProxyStudio /> : <SignInStudio to={to} />;
}
