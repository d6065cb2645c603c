'use client';
import { useEffect, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useKept } from '@/lib/client/browser/cookies';
import {
  duplicateExperiment,
  openExperiment,
  useExperiments,
} from '@/lib/client/experiments/experiments-store';
import { removeExperiment, restoreExperiment } from '@/lib/client/experiments/run-experiment';
import { experimentTitle, hasNamesake } from '@/lib/core/experiments/experiment';
import { formatMoment } from '@/lib/i18n/formats';
import { Button, IconButton } from '../ui/button';
import { useKeepFocus } from '../ui/focus';
import { CopyIcon, PlusIcon, TrashIcon, UndoIcon } from '../ui/icons';

/** The experiments of this browser, the latest first, and how each stands. */
export function ExperimentList() {
  const t = useTranslations('experiments.list');
  const locale = useLocale();
  const all = useExperiments((state) => state.experiments);
  const removed = useExperiments((state) => state.removed);
  const openId = useExperiments((state) => state.openId);
  const list = useRef<HTMLElement>(null);
  /** Undo has the focus once it is there; what was removed before this page was opened has no claim to it. */
  const isRemovedHere = useRef(false);
  /** The one that opens next has the focus, as Undo that has brought it back goes. */
  const isBroughtBack = useRef(false);
  const entry = () => list.current?.querySelector<HTMLElement>('ul [aria-current=true]') ?? null;
  // What was pressed may go: then the experiment that is open has the focus.
  const keepsFocus = useKeepFocus({
    get current() {
      return entry();
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the open one moves as it changes
  useEffect(() => {
    entry()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (isBroughtBack.current) entry()?.focus();
    isBroughtBack.current = false;
  }, [openId]);
  useEffect(() => {
    if (removed && isRemovedHere.current) {
      list.current?.querySelector<HTMLElement>('[data-undo]')?.focus();
    }
    isRemovedHere.current = false;
  }, [removed]);
  useKept(all.length > 0);
  // A form that was sent to several models stays on its page.
  const experiments = all.filter(({ madeOn, id }) => madeOn === null || id === openId);
  if (experiments.length === 0 && !removed) return null;
  const remove = (id: string) => {
    isRemovedHere.current = true;
    void removeExperiment(id);
  };
  return (
    <nav ref={list} aria-label={t('label')} {...keepsFocus} className="border-b border-line">
      <ul className="flex max-h-40 flex-col overflow-y-auto p-1.5 max-wide:max-h-none max-wide:flex-row max-wide:overflow-x-auto">
        <li>
          <Button
            look="quiet"
            className="w-full justify-start!"
            aria-current={openId === null || undefined}
            onClick={() => openExperiment(null)}
          >
            <PlusIcon size={14} aria-hidden />
            {t('new')}
          </Button>
        </li>
        {experiments.map((experiment) => (
          <li key={experiment.id} className="flex items-center max-wide:max-w-60 max-wide:shrink-0">
            <button
              type="button"
              aria-current={experiment.id === openId || undefined}
              onClick={() => openExperiment(experiment.id)}
              className="flex min-w-0 flex-1 items-baseline gap-2 rounded-small px-2 py-1 text-left hover:bg-sunken aria-[current=true]:bg-sunken touch:py-2.5"
            >
              <span className="min-w-0 flex-1 truncate">
                {experimentTitle(experiment) || t('unnamed')}
              </span>
              {hasNamesake(experiment, experiments) && (
                <span className="shrink-0 text-small text-muted">
                  {formatMoment(experiment.createdAt, locale)}
                </span>
              )}
              <span className="shrink-0 text-small text-muted">
                {t(experiment.pausedBecause === 'stopped' ? 'stopped' : experiment.state)}
              </span>
            </button>
            {experiment.id === openId && (
              <>
                <IconButton
                  label={t('duplicate')}
                  onClick={() => void duplicateExperiment(experiment)}
                >
                  <CopyIcon size={14} aria-hidden />
                </IconButton>
                <IconButton
                  label={t('remove')}
                  why={experiment.state === 'running' ? t('removeRunning') : undefined}
                  onClick={() => experiment.state !== 'running' && remove(experiment.id)}
                >
                  <TrashIcon size={14} aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      <p role="status" className="text-small text-muted">
        {removed && (
          <span className="flex items-center justify-between gap-2 px-3.5 pb-1.5">
            {t('removed')}
            <Button
              look="quiet"
              data-undo
              onClick={() => {
                isBroughtBack.current = true;
                void restoreExperiment();
              }}
            >
              <UndoIcon size={13} aria-hidden />
              {t('undo')}
            </Button>
          </span>
        )}
      </p>
    </nav>
  );
}
