import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { BareShell } from '@/components/shell/bare-shell';
import { earlyPressScript } from '@/components/shell/early-press-script';
import { Shell } from '@/components/shell/shell';
import { readTheme, themeCookie } from '@/components/shell/theme';
import { LaterOtherPerson } from '@/components/sign-in/later-person';
import { SessionNotice } from '@/components/sign-in/session-notice';
import { personCookie } from '@/lib/core/sign-in';
import { getMessages, type Messages } from '@/lib/i18n/messages';
import { getConfig } from '@/lib/server/config';
import { mono, sans } from './fonts';
import './globals.css';
import { pageCaller, personOfPage } from './page-caller';
import { requestLocale } from './request-locale';

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export async function generateMetadata(): Promise<Metadata> {
  const locale = await requestLocale();
  const { app, shell } = getMessages(locale);
  return {
    title: { default: `${shell.generate} · ${app.name}`, template: `%s · ${app.name}` },
    description: app.description,
    applicationName: app.name,
    manifest: `/manifest.${locale}.webmanifest`,
    icons: {
      icon: [
        { url: '/favicon.ico', sizes: '16x16 32x32 48x48' },
        { url: '/icon.svg', type: 'image/svg+xml' },
      ],
      apple: { url: '/apple-touch-icon.png', sizes: '180x180' },
    },
  };
}

export default async function Layout({ children }: { children: ReactNode }) {
  const locale = await requestLocale();
  const kept = await cookies();
  const theme = readTheme(kept.get(themeCookie)?.value);
  const messages = getMessages(locale);
  const caller = await pageCaller();
  const { lock, gateway, budgets } = getConfig();
  const person = personOfPage(caller);
  const keptFor = kept.get(personCookie)?.value ?? person;
  const isOther = person !== undefined && keptFor !== person;
  return (
    <html
      lang={locale === 'zh' ? 'zh-CN' : 'en'}
      data-theme={theme}
      data-person={person}
      data-budget={budgets.picturesPerDay}
      className={`${sans.variable} ${mono.variable}`}
    >
      <body>
        {caller && !isOther ? (
          <Shell
            locale={locale}
            messages={JSON.stringify(sharedMessages(messages))}
            theme={theme}
            mode={gateway.mode}
            user={caller.user}
            canSignOut={lock === 'password'}
            notice={
              <SessionNotice name={lock === 'password' ? caller.user : undefined} person={person} />
            }
          >
            {children}
          </Shell>
        ) : (
          <BareShell locale={locale} messages={bareMessages(messages)} theme={theme}>
            {isOther ? <LaterOtherPerson name={caller?.user ?? ''} person={person} /> : children}
          </BareShell>
        )}
        {/* Last: a script waits for the stylesheet, and what stands behind it would be read, and shown, after it. */}
        <script
          nonce={(await headers()).get('x-nonce') ?? undefined}
          // A browser hides the nonce from scripts, and so from React.
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
          dangerouslySetInnerHTML={{ __html: earlyPressScript }}
        />
      </body>
    </html>
  );
}

/** The messages without those that single pages bring themselves. */
function sharedMessages({
  gallery: _gallery,
  experiments: _experiments,
  judging: _judging,
  ...shared
}: Messages): Partial<Messages> {
  return shared;
}

/** The messages of the pages before sign-in. */
function bareMessages({ app, shell, signIn, notFound, crash }: Messages): Partial<Messages> {
  return { app, shell, signIn, notFound, crash };
}
