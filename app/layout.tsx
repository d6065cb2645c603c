import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '@/components/shell/shell';
import { readTheme, themeCookie } from '@/components/shell/theme';
import { getMessages } from '@/lib/i18n/get-messages';
import { getConfig } from '@/lib/server/config';
import './globals.css';
import { requestLocale } from './request-locale';

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export async function generateMetadata(): Promise<Metadata> {
  const { app, shell } = getMessages(await requestLocale());
  return {
    title: { default: `${shell.generate} · ${app.name}`, template: `%s · ${app.name}` },
    description: app.description,
    applicationName: app.name,
  };
}

export default async function Layout({ children }: { children: ReactNode }) {
  const locale = await requestLocale();
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html
      lang={locale === 'zh' ? 'zh-CN' : 'en'}
      data-theme={theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <Shell
          locale={locale}
          messages={getMessages(locale)}
          theme={theme}
          mode={getConfig().gateway.mode}
        >
          {children}
        </Shell>
      </body>
    </html>
  );
}
