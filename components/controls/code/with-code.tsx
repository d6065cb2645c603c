'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { SentRun } from '@/lib/client/runs/sent-run';
import { laterPart } from '../later-part';
import { WithSheet } from '../with-sheet';

const CodeSamples = laterPart(async () => (await import('./code-samples')).CodeSamples);

/** A button, and the sheet that it opens: the code that sends a run's request again. */
export function WithCode({
  sent,
  children: button,
}: {
  sent: () => SentRun;
  /** The button, in the look of its place. */
  children: (props: { label: string; open: () => void }) => ReactNode;
}) {
  const t = useTranslations('code');
  return (
    <WithSheet title={t('title')} button={(open) => button({ label: t('get'), open })}>
      {() => <CodeSamples {...sent()} />}
    </WithSheet>
  );
}
