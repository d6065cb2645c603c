'use client';
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl/react';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadPreview } from '@/lib/client/pictures/picture-jobs';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import type { Experiment } from '@/lib/core/experiments/experiment';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { useAxisWords } from './axis-words';

/**
 * All pictures of an experiment with their labels, as they are printed. It prints once all of them are there,
 * and a browser saves that as PDF as well, in any script.
 */
export function PrintView({
  experiment: { name, definition },
  plan,
  seen,
  models,
  onDone,
}: {
  experiment: Experiment;
  plan: Plan;
  seen: readonly SeenCell[];
  models: readonly Model[];
  onDone: () => void;
}) {
  const t = useTranslations('experiments.takeAway');
  const words = useAxisWords(models);
  const sheet = useRef<HTMLDivElement>(null);
  const shown = seen.flatMap((cell, index) =>
    cell.pictures.map(({ picture }) => ({ hash: picture.hash, cell: plan.cells[index] })),
  );
  const settled = useRef(new Set<number>());
  const done = useRef(onDone);
  done.current = onDone;
  const settle = (index: number) => {
    settled.current.add(index);
    if (settled.current.size === shown.length) window.print();
  };
  useEffect(() => {
    const end = () => done.current();
    document.documentElement.dataset.printing = '';
    window.addEventListener('afterprint', end);
    return () => {
      delete document.documentElement.dataset.printing;
      window.removeEventListener('afterprint', end);
    };
  }, []);
  const varied = plan.axes.filter(({ values }) => values.length > 1);
  const labelOf = (at: readonly number[]) =>
    varied.map((axis) => words.value(axis, at[plan.axes.indexOf(axis)] ?? 0)).join(' · ');
  return createPortal(
    <div ref={sheet} data-print className="bg-white p-4 text-black">
      <h1 className="text-large font-semibold">{name}</h1>
      <p dir="auto" className="mt-1 whitespace-pre-wrap">
        {definition.template}
      </p>
      <p className="mt-1 text-small">{t('printed', { count: shown.length })}</p>
      <ul className="mt-3 grid grid-cols-3 gap-3">
        {shown.map(({ hash, cell }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is printed
          <li key={index} className="break-inside-avoid">
            <PrintedPicture hash={hash} onSettled={() => settle(index)} />
            <p dir="auto" className="mt-1 text-small">
              {cell && labelOf(cell.at)}
            </p>
          </li>
        ))}
      </ul>
    </div>,
    document.body,
  );
}

function PrintedPicture({ hash, onSettled }: { hash: string; onSettled: () => void }) {
  const url = useBlobUrl(hash, loadPreview);
  const settled = useRef(onSettled);
  settled.current = onSettled;
  useEffect(() => {
    // What is not stored any more is not waited for.
    if (url === null) settled.current();
  }, [url]);
  if (!url) return null;
  return (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img src={url} alt="" className="w-full" onLoad={onSettled} onError={onSettled} />
  );
}
