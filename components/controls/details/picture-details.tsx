'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { loadPicture } from '@/lib/client/pictures/picture-files';
import type { SentRun } from '@/lib/client/runs/sent-run';
import { hasContentCredentials } from '@/lib/core/bytes/content-credentials';
import type { PictureExpectation, PictureSlot } from '@/lib/core/pictures/stored-picture';
import { seenSize } from '@/lib/core/pictures/stored-picture';
import { askedSettings, picturesReturned } from '@/lib/core/runs/asked-returned';
import { momentOf } from '@/lib/core/runs/run-state';
import { formatBytes, formatLength, formatMoment, formatSizeForPeople } from '@/lib/i18n/formats';
import { DetailRow, DetailSection } from './detail-rows';
import { RawExchange } from './raw-exchange';
import { SentPictures } from './sent-pictures';

interface ShownPicture extends Omit<PictureSlot, 'kind'> {
  expected: PictureExpectation;
  /** What made it; undefined: nobody asked for it here. */
  sent: SentRun | undefined;
}

/** Everything that is known of a picture: what was asked for, what came, how, and its file. */
export function PictureDetails({
  picture,
  children,
}: {
  picture: ShownPicture;
  /** Shown behind the run. */
  children?: ReactNode;
}) {
  const t = useTranslations('details');
  const words = useTranslations('picture');
  const locale = useLocale();
  const { hash, byteLength, header, isTransparent = header?.hasAlpha, sent, expected } = picture;
  const credentials = useContentCredentials(hash);
  const size = header && seenSize(header);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {sent && <RunDetails sent={sent} />}
      {sent && <SentPictures {...sent} />}
      {children}
      <DetailSection title={t('file')}>
        <DetailRow
          name={t('size')}
          asked={expected.size && formatSizeForPeople(expected.size)}
          value={size && formatSizeForPeople(size)}
        />
        <DetailRow
          name={t('format')}
          asked={expected.format?.toUpperCase()}
          value={header?.format.toUpperCase()}
        />
        <DetailRow name={t('bytes')} value={formatBytes(byteLength, locale)} />
        <DetailRow
          name={t('transparency')}
          asked={expected.hasAlpha === true ? words('alpha') : undefined}
          value={
            isTransparent === undefined ? undefined : words(isTransparent ? 'alpha' : 'opaque')
          }
        />
        <DetailRow name={t('credentials')} value={credentials && t(`credentials${credentials}`)} />
        <DetailRow name={t('hash')} value={hash} isLong />
      </DetailSection>
      {sent && <RawExchange {...sent} />}
    </div>
  );
}

function RunDetails({ sent }: { sent: SentRun }) {
  const t = useTranslations('details');
  const run = useTranslations('run');
  const locale = useLocale();
  const life = 'run' in sent ? sent.run : sent.answer;
  const fields = 'run' in sent ? sent.run.request : sent.answer.request.fields;
  const { asked, returned } = picturesReturned(life);
  const { answerFacts: facts, trouble, durationMs, usage } = life;
  const [input, output, total] = tokensOf(usage ?? undefined);
  const length = (ms: number | null | undefined) =>
    typeof ms === 'number' ? formatLength(ms) : undefined;
  return (
    <>
      <DetailSection title={t('asked')}>
        <DetailRow name={t('model')} value={fields.model} />
        {askedSettings(fields).map(({ name, value }) => (
          <DetailRow key={name} name={name} value={value} isWireName />
        ))}
        <DetailRow
          name={t('pictures')}
          asked={asked === null ? undefined : String(asked)}
          value={String(returned)}
        />
      </DetailSection>
      <DetailSection title={t('run')}>
        <DetailRow name={t('started')} value={formatMoment(momentOf(life), locale)} />
        <DetailRow name={t('firstByte')} value={length(facts?.firstByteMs)} />
        <DetailRow name={t('firstPicture')} value={length(facts?.firstPictureMs)} />
        <DetailRow name={t('total')} value={length(durationMs)} />
        <DetailRow
          name={t('tokens')}
          value={
            input !== undefined && output !== undefined
              ? run('tokensSplit', { input, output })
              : total?.toString()
          }
        />
        <DetailRow
          name={t('status')}
          value={(facts?.status ?? trouble?.status ?? undefined)?.toString()}
        />
        <DetailRow name={t('requestId')} value={facts?.requestId ?? trouble?.requestId} isLong />
        <DetailRow name={t('runId')} value={life.key} isLong />
      </DetailSection>
    </>
  );
}

function tokensOf(usage: object | undefined): (number | undefined)[] {
  const of = (usage ?? {}) as Record<string, unknown>;
  const number = (...names: string[]) =>
    names.map((name) => of[name]).find((value): value is number => typeof value === 'number');
  return [
    number('input_tokens', 'prompt_tokens'),
    number('output_tokens', 'completion_tokens'),
    number('total_tokens'),
  ];
}

/** Whether a stored file carries them; undefined until it was looked at, or if it is not stored. */
function useContentCredentials(hash: string): 'Yes' | 'No' | 'Unknown' | undefined {
  const [found, setFound] = useState<{ hash: string; answer: 'Yes' | 'No' | 'Unknown' }>();
  useEffect(() => {
    let isShown = true;
    const look = async () => {
      const file = await loadPicture(hash);
      if (!file) return;
      const has = await hasContentCredentials(
        async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
      );
      if (isShown) setFound({ hash, answer: has === undefined ? 'Unknown' : has ? 'Yes' : 'No' });
    };
    void look().catch(() => {});
    return () => {
      isShown = false;
    };
  }, [hash]);
  return found?.hash === hash ? found.answer : undefined;
}
