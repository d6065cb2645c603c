'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import { later, useLater } from '@/lib/client/browser/later';
import { openMaking } from '@/lib/client/runs/open-making';
import { pageOf } from '@/lib/client/runs/sent-run';
import { loadLineage } from '@/lib/client/storage/lineage';
import type { Lineage, Making } from '@/lib/core/gallery/lineage';
import { formatMoment } from '@/lib/i18n/formats';
import { PictureThumb } from '../controls/picture-thumb';
import { showRun } from './run-focus';

const comparing = later(() => import('@/lib/core/gallery/prompt-difference'));

/** Where a picture comes from, step by step, and what was made of it. */
export function LineageStrip({ hash, onDone }: { hash: string; onDone: () => void }) {
  const t = useTranslations('lineage');
  const lineage = useLineage(hash);
  const difference = useLater(comparing, lineage !== undefined);
  if (!lineage || !difference || difference === 'failed') return null;
  const { madeBy, before, after } = lineage;
  const steps = [...before.toReversed(), ...(madeBy ? [madeBy] : [])];
  if (steps.length < 2 && after.length === 0) return null;
  // A step's picture is the one that the next one was made of.
  const used = new Set([hash, ...steps.flatMap(({ sources }) => sources)]);
  const promptBefore = (making: Making) =>
    steps.findLast(
      ({ results, id }) =>
        id !== making.id && results.some((result) => making.sources.includes(result.hash)),
    )?.prompt;
  const stepOf = (making: Making, shown: string, earlier: string | undefined) => (
    <LineageStep
      key={making.id}
      making={making}
      hash={shown}
      before={earlier}
      compare={difference.value.promptDifference}
      isThis={making.id === madeBy?.id}
      onDone={onDone}
    />
  );
  return (
    <>
      {steps.length > 1 && (
        <section>
          <h3 className="mb-1.5 font-medium">{t('before')}</h3>
          <ol className="grid gap-2">
            {steps.map((making) => {
              const shown = making.results.find((result) => used.has(result.hash))?.hash;
              const own = making.id === madeBy?.id ? hash : shown;
              return own && stepOf(making, own, promptBefore(making));
            })}
          </ol>
        </section>
      )}
      {after.length > 0 && (
        <section>
          <h3 className="mb-1.5 font-medium">{t('after')}</h3>
          <ul className="grid gap-2">
            {after.map((making) => stepOf(making, making.results[0]?.hash ?? hash, madeBy?.prompt))}
          </ul>
        </section>
      )}
    </>
  );
}

const looks = {
  same: '',
  added: 'text-ok decoration-dotted underline-offset-2',
  removed: 'text-muted line-through',
};
const tags = { same: 'span', added: 'ins', removed: 'del' } as const;

function LineageStep({
  making,
  hash,
  before,
  compare,
  isThis,
  onDone,
}: {
  making: Making;
  hash: string;
  /** The prompt that it is compared with; undefined: there is none. */
  before: string | undefined;
  compare: typeof import('@/lib/core/gallery/prompt-difference').promptDifference;
  isThis: boolean;
  onDone: () => void;
}) {
  const t = useTranslations('lineage');
  const locale = useLocale();
  const router = useRouter();
  const page = pageOf(making.endpoint);
  const isHere = usePathname() === page;
  const show = async () => {
    if (!(await openMaking(making))) return;
    onDone();
    if (isHere) showRun(making.id);
    else await openPage(() => router.push(page));
  };
  const pieces =
    before === undefined
      ? [{ kind: 'same' as const, text: making.prompt }]
      : compare(before, making.prompt, locale);
  return (
    <li aria-current={isThis || undefined} className="flex items-start gap-2.5">
      <button
        type="button"
        title={t('show')}
        aria-label={t('showNamed', { prompt: making.prompt.slice(0, 80) })}
        className="shrink-0 rounded-large"
        onClick={() => void show()}
      >
        <PictureThumb
          picture={{ hash, header: undefined }}
          className={`size-14 ${isThis ? 'outline-2 outline-accent outline-offset-1' : ''}`}
        />
      </button>
      <div className="min-w-0 text-small">
        <p dir="auto" className="line-clamp-4 break-words">
          {pieces.map(({ kind, text }, index) => {
            const Tag = tags[kind];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are a function of the two prompts
              <Tag key={index} className={looks[kind]}>
                {text}
              </Tag>
            );
          })}
        </p>
        <p className="text-muted">
          {t(making.endpoint)} · {formatMoment(making.at, locale)}
        </p>
      </div>
    </li>
  );
}

/** Undefined until it is known, or if it cannot be read. */
function useLineage(hash: string): Lineage | undefined {
  const [found, setFound] = useState<{ hash: string; lineage: Lineage }>();
  useEffect(() => {
    let isShown = true;
    loadLineage(hash).then(
      (lineage) => isShown && setFound({ hash, lineage }),
      () => {},
    );
    return () => {
      isShown = false;
    };
  }, [hash]);
  return found?.hash === hash ? found.lineage : undefined;
}
