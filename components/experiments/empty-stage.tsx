'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Definition } from '@/lib/core/experiments/experiment';
import type { Model } from '@/lib/core/models/model';
import { IdeaList } from '../controls/idea-list';
import { Button } from '../ui/button';
import { newRow } from './plan/model-rows';
import { braces } from './template/braces';

const ideas = [
  { name: 'tin', art: 'linear-gradient(168deg, #0f8b8d 52%, #f26b4f 52%)' },
  {
    name: 'icon',
    art: 'conic-gradient(from 150deg at 50% 22%, #f08a3c 0 30deg, #c9601d 0 60deg, transparent 0), linear-gradient(#f6ecdd, #f6ecdd)',
  },
  {
    name: 'poster',
    art: 'radial-gradient(circle 20px at 66% 34%, #fff3d6 96%, transparent), linear-gradient(180deg, #2b3a67, #b56576 60%, #355070)',
  },
] as const;

/** What the stage shows of a new experiment: what this is for, and templates that are ready. */
export function EmptyStage({
  models,
  onEdit,
  onFile,
}: {
  models: readonly Model[];
  /** Told of a file that somebody has chosen. */
  onFile: (file: Blob) => void;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.empty');
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className="mx-auto flex max-w-[720px] flex-col justify-center px-5 py-10 wide:min-h-full">
      <h2 className="text-huge font-semibold tracking-tight">{t('title')}</h2>
      <p className="mt-1 text-muted">{t('text')}</p>
      <IdeaList
        ideas={ideas.map(({ name, art }) => ({
          name: t(`ideas.${name}.name`),
          prompt: t(`ideas.${name}.template`, braces),
          art,
        }))}
        onChoose={(template) =>
          onEdit((definition) => ({
            ...definition,
            template,
            models:
              definition.models.length > 0
                ? definition.models
                : models.slice(0, 2).map(({ id }) => newRow(id)),
          }))
        }
      />
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button onClick={() => chooser.current?.click()}>{t('openFile')}</Button>
        <span className="text-small text-muted">{t('openFileHint')}</span>
        <input
          ref={chooser}
          type="file"
          accept="application/json,.json"
          aria-label={t('openFile')}
          hidden
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            // The same file can be chosen again.
            currentTarget.value = '';
            if (file) onFile(file);
          }}
        />
      </div>
    </div>
  );
}

/** What the stage shows where the address names an experiment that this browser does not have. */
export function UnknownExperiment({ onNew }: { onNew: () => void }) {
  const t = useTranslations('experiments.unknown');
  return (
    <div role="alert" className="mx-auto grid max-w-[560px] gap-3 px-5 py-10">
      <h2 className="text-huge font-semibold tracking-tight">{t('title')}</h2>
      <p className="text-muted">{t('text')}</p>
      <Button look="primary" className="justify-self-start" onClick={onNew}>
        {t('new')}
      </Button>
    </div>
  );
}
