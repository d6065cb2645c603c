'use client';
import { useTranslations } from 'use-intl/react';
import { useStar } from '@/lib/client/pictures/use-star';
import { sentRun } from '@/lib/client/runs/sent-run';
import { createCell } from '@/lib/core/experiments/cell';
import type { CellPicture, SeenCell } from '@/lib/core/experiments/cell-state';
import type { PlanCell } from '@/lib/core/experiments/plan';
import { pictureFileName } from '@/lib/core/pictures/file-name';
import type { Cell } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';
import { ChatAbout, EditPicture } from '../../runs/continue-picture';
import { DoneAgain } from '../../runs/done-again';
import { buttonClasses } from '../../ui/button';
import { StarIcon } from '../../ui/icons';

/** What every picture of the product can be used for, in the look of the buttons around. */
export function PictureActions({
  shown: { cell, index, picture },
  className = buttonClasses('plain'),
  onDone,
}: {
  shown: CellPicture;
  className?: string;
  /** Called before another page opens. */
  onDone: () => void;
}) {
  const { hash, byteLength, header } = picture;
  const kept = header && {
    picture: {
      hash,
      byteLength,
      header,
      name: fileNameOf({ cell, index, picture }),
      parent: { runId: cell.id, index },
    },
    className,
    onDone,
  };
  return (
    <>
      <Star hash={hash} className={className} />
      {kept && <EditPicture {...kept} />}
      {kept && <ChatAbout {...kept} />}
    </>
  );
}

/** The request of a cell once more: on the page of its form, or as code. */
export function RequestActions({
  run,
  className = buttonClasses('plain'),
  onDone,
}: {
  run: Cell;
  className?: string;
  onDone: () => void;
}) {
  return <DoneAgain sent={sentRun(run)} className={className} onDone={onDone} />;
}

/** What was sent for a combination, or would be; undefined where nothing can be. */
export function requestOf(
  { requests }: PlanCell,
  { sent, pictures }: SeenCell,
  page: number,
): Cell | undefined {
  const was = pictures[page]?.cell ?? sent.at(-1);
  if (was) return was;
  const sends = requests[0]?.sends;
  const place = { experiment: '', key: '', attempt: 1 };
  return sends && createCell({ id: '', cell: place, sends, now: 0 });
}

/** The name that a cell's picture is saved under. */
export function fileNameOf({ cell, index, picture: { header } }: CellPicture): string {
  const { prompt } = cell.request;
  return pictureFileName({ prompt, at: momentOf(cell), index, format: header?.format ?? 'bin' });
}

function Star({ hash, className }: { hash: string; className: string }) {
  const t = useTranslations('experiments.cell');
  const { isStarred, toggle } = useStar(hash);
  return (
    <button
      type="button"
      aria-pressed={isStarred}
      title={t('starHint')}
      className={className}
      onClick={toggle}
    >
      <StarIcon size={14} aria-hidden className={isStarred ? 'fill-current' : ''} />
      <span>{t('star')}</span>
    </button>
  );
}
