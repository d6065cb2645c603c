'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { saveJson, savePictures, saveTables } from '@/lib/client/experiments/take-away';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import type { Experiment } from '@/lib/core/experiments/experiment';
import { cellRecords } from '@/lib/core/experiments/files/cells-table';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { ChevronDownIcon } from '../ui/icons';
import { PrintView } from './print-view';

/** Of so many missing pictures the files are named. */
const mostNamed = 3;

/** What can be taken away of an experiment: its pictures, its tables, a print. */
export function TakeAway({
  experiment,
  plan,
  seen,
  models,
}: {
  experiment: Experiment;
  plan: Plan;
  seen: readonly SeenCell[];
  models: readonly Model[];
}) {
  const t = useTranslations('experiments.takeAway');
  const menu = useRef<HTMLDetailsElement>(null);
  const [notice, setNotice] = useState('');
  const [isPrinting, setPrinting] = useState(false);
  const pictures = seen.reduce((sum, cell) => sum + cell.pictures.length, 0);
  const taken = () => ({ experiment, records: cellRecords(plan, seen) });
  /** @param action gives what is to be said afterwards */
  const save = async (action: () => Promise<string>) => {
    if (menu.current) menu.current.open = false;
    setNotice(t('packing'));
    setNotice(await action().catch(() => t('failed')));
  };
  const sayMissing = (files: readonly string[]) => {
    if (files.length === 0) return '';
    const names = files.slice(0, mostNamed).join(', ');
    const rest = files.length > mostNamed ? ' …' : '';
    return t('missing', { count: files.length, names: `${names}${rest}` });
  };
  const print = () => {
    if (menu.current) menu.current.open = false;
    setPrinting(true);
  };
  const ways = [
    {
      label: t('pictures', { count: pictures }),
      action: () => void save(async () => sayMissing(await savePictures(taken()))),
      needsPictures: true,
    },
    { label: t('table'), action: () => void save(() => saveTables(taken()).then(() => '')) },
    { label: t('json'), action: () => void save(() => saveJson(taken()).then(() => '')) },
    { label: t('print'), action: print, needsPictures: true },
  ].filter(({ needsPictures = false }) => pictures > 0 || !needsPictures);
  return (
    <div className="relative ml-auto flex items-center gap-2">
      <p role="status" className="text-small text-muted">
        {notice}
      </p>
      <details
        ref={menu}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== 'Escape' || !currentTarget.open) return;
          currentTarget.open = false;
          currentTarget.querySelector('summary')?.focus();
        }}
      >
        <summary className="flex min-h-8 items-center gap-1 rounded-small border border-line-strong bg-raised px-2.5 hover:border-faint touch:min-h-10">
          {t('title')}
          <ChevronDownIcon size={14} aria-hidden />
        </summary>
        <ul className="absolute top-full right-0 z-20 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-large border border-line bg-raised p-1 shadow-lg">
          {ways.map(({ label, action }) => (
            <li key={label}>
              <button
                type="button"
                className="block w-full rounded-small px-2.5 py-1.5 text-left hover:bg-sunken touch:min-h-10"
                onClick={action}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
      </details>
      {isPrinting && (
        <PrintView
          experiment={experiment}
          plan={plan}
          seen={seen}
          models={models}
          onDone={() => setPrinting(false)}
        />
      )}
    </div>
  );
}
