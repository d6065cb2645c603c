'use client';
import { useTranslations } from 'use-intl/react';
import { openExperiment, useExperiments } from '@/lib/client/experiments/experiments-store';
import type { Experiment } from '@/lib/core/experiments/experiment';
import { Button } from '../ui/button';
import { PlusIcon } from '../ui/icons';

/** The experiments of this browser, the latest first, and how each stands. */
export function ExperimentList() {
  const t = useTranslations('experiments.list');
  const experiments = useExperiments((state) => state.experiments);
  const openId = useExperiments((state) => state.openId);
  if (experiments.length === 0) return null;
  return (
    <nav aria-label={t('label')} className="border-b border-line">
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
          <li key={experiment.id} className="max-wide:max-w-48 max-wide:shrink-0">
            <button
              type="button"
              aria-current={experiment.id === openId || undefined}
              onClick={() => openExperiment(experiment.id)}
              className="flex w-full items-baseline gap-2 rounded-small px-2 py-1 text-left hover:bg-sunken aria-[current=true]:bg-sunken touch:py-2.5"
            >
              <span className="min-w-0 flex-1 truncate">{titleOf(experiment) || t('unnamed')}</span>
              <span className="shrink-0 text-small text-muted">{t(experiment.state)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function titleOf({ name, definition }: Experiment): string {
  return name || definition.template.slice(0, 60);
}
