import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { idInFiles } from '@/lib/client/experiments/experiments-store';
import { type ImportOutcome, importJudgements } from '@/lib/client/experiments/judgements-store';
import { saveBlob } from '@/lib/client/pictures/downloads';
import { writeJudgementsFile } from '@/lib/core/experiments/files/judgements-file';
import type { Judgement } from '@/lib/core/experiments/judging/judgement';
import { judgementsFileName } from '@/lib/core/pictures/file-name';
import { Button } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { DownloadIcon, PlusIcon } from '../../ui/icons';

/** Judgements go to others as a file, and theirs are merged: each counts once. */
export function JudgementFiles({
  experiment,
  name,
  judgements,
}: {
  experiment: string;
  name: string;
  judgements: readonly Judgement[];
}) {
  const t = useTranslations('judging.files');
  const chooser = useRef<HTMLInputElement>(null);
  const [hasNames, setHasNames] = useState(true);
  const [outcome, setOutcome] = useState<ImportOutcome>();
  const save = () => {
    const text = writeJudgementsFile(idInFiles(experiment), judgements, hasNames);
    const file = new Blob([text], { type: 'application/json' });
    saveBlob(file, judgementsFileName(name));
  };
  const why = judgements.length === 0 ? t('nothing') : undefined;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button why={why} {...(!why && { onClick: save })}>
        <DownloadIcon size={14} aria-hidden />
        {t('save')}
      </Button>
      <Button onClick={() => chooser.current?.click()}>
        <PlusIcon size={14} aria-hidden />
        {t('add')}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept="application/json,.json"
        aria-label={t('add')}
        hidden
        onChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file can be chosen again.
          currentTarget.value = '';
          if (file) setOutcome(await importJudgements(experiment, file));
        }}
      />
      <CheckBox className="items-center text-small" isChecked={hasNames} onChange={setHasNames}>
        {t('names')}
      </CheckBox>
      <p
        role="status"
        className={`w-full text-small empty:hidden ${outcome?.kind === 'refused' ? 'text-error' : 'text-muted'}`}
      >
        {outcome?.kind === 'refused' && t(`refused.${outcome.reason}`)}
        {outcome?.kind === 'added' && t('added', { ...outcome })}
      </p>
    </div>
  );
}
