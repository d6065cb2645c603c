'use client';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { SentRun } from '@/lib/client/runs/sent-run';
import { OpenSheet } from '../../ui/sheet';
import { laterPart } from '../later-part';

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
  const shell = useTranslations('shell');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {button({ label: t('get'), open: () => setOpen(true) })}
      {isOpen && (
        <OpenSheet
          isWide
          title={t('title')}
          closeLabel={shell('close')}
          onClose={() => setOpen(false)}
        >
          <CodeSamples {...sent()} />
        </OpenSheet>
      )}
    </>
  );
}
