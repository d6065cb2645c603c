'use client';
import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { CellState, SeenCell } from '@/lib/core/experiments/cell-state';
import type { PlanCell } from '@/lib/core/experiments/plan';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatBytes, formatDuration, formatMoment } from '@/lib/i18n/formats';
import { useFailureWords } from '../../controls/failure-notice';
import { PictureCanvas } from '../../controls/picture-canvas';
import { useElapsed } from '../../controls/use-elapsed';
import { IconButton } from '../../ui/button';
import { CheckIcon, ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons';

/** How all pictures of the grid are looked at, at once. */
export interface GridLook {
  /** The side of a cell in CSS pixels. */
  size: number;
  /** Whether a picture fills its cell, cut at its longer side. */
  isCropped: boolean;
  zoom: number;
  /** Where the middle of the view lies in each picture, from 0 to 1. */
  x: number;
  y: number;
}

/** What stands in a cell of the grid. */
export const GridCell = memo(function GridCell({
  cell,
  seen: { state, pictures },
  look,
  page,
  isPicked,
  sentence,
  onPage,
}: {
  cell: PlanCell;
  seen: SeenCell;
  look: GridLook;
  /** Which of its pictures is shown. */
  page: number;
  isPicked: boolean;
  sentence: (problem: ValidationProblem) => string;
  onPage: (page: number) => void;
}) {
  const t = useTranslations('experiments.grid');
  const at = Math.min(page, pictures.length - 1);
  const shown = pictures[at];
  const dim = cell.isLeftOut ? 'opacity-40' : '';
  return (
    <div
      className={`relative size-full overflow-hidden rounded-large ${looks[state.kind]} ${dim} ${isPicked ? 'outline-3 -outline-offset-3 outline-accent' : ''}`}
    >
      {shown && <ZoomedPicture picture={shown.picture} look={look} />}
      {(!shown || state.kind !== 'pictures') && (
        <div
          className={
            shown
              ? 'absolute inset-x-0 bottom-0 bg-panel/85 px-2 py-1 text-center text-small'
              : 'grid size-full place-items-center p-2 text-center text-small'
          }
        >
          <StateWords state={state} problem={cell.problems[0]} sentence={sentence} />
        </div>
      )}
      {isPicked && (
        <span className="absolute top-1.5 left-1.5 grid size-5 place-items-center rounded-full bg-accent text-accent-text">
          <CheckIcon size={13} aria-hidden />
        </span>
      )}
      {pictures.length > 1 && (
        <div className="absolute top-1.5 right-1.5 flex items-center rounded-full bg-panel/85 text-small tabular-nums">
          <IconButton
            label={t('previous')}
            tabIndex={-1}
            className="size-6!"
            onClick={(event) => {
              event.stopPropagation();
              onPage((at - 1 + pictures.length) % pictures.length);
            }}
          >
            <ChevronLeftIcon size={13} aria-hidden />
          </IconButton>
          {t('page', { number: at + 1, count: pictures.length })}
          <IconButton
            label={t('next')}
            tabIndex={-1}
            className="size-6!"
            onClick={(event) => {
              event.stopPropagation();
              onPage((at + 1) % pictures.length);
            }}
          >
            <ChevronRightIcon size={13} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
});

const looks: Record<CellState['kind'], string> = {
  planned: 'border border-dashed border-line-strong text-muted',
  impossible: 'bg-sunken text-muted',
  left_out: 'border border-dashed border-line text-muted',
  queued: 'bg-sunken text-muted',
  stopped: 'bg-sunken text-muted',
  removed: 'bg-sunken text-muted',
  rate: 'bg-warn-soft text-warn',
  turn: 'bg-sunken text-muted',
  running: 'checkerboard text-muted',
  arriving: 'checkerboard text-muted',
  pictures: 'bg-place',
  words: 'bg-sunken',
  failed: 'bg-error-soft text-error',
};

function StateWords({
  state,
  problem,
  sentence,
}: {
  state: CellState;
  problem: ValidationProblem | undefined;
  sentence: (problem: ValidationProblem) => string;
}) {
  const t = useTranslations('experiments.state');
  const locale = useLocale();
  switch (state.kind) {
    case 'running':
      return <Running since={state.since} />;
    case 'arriving':
      return t('arriving', { size: formatBytes(state.bytes, locale) });
    case 'rate':
      return state.at === null ? t('rate') : t('rateUntil', { time: timeOfDay(state.at, locale) });
    case 'turn':
      return state.at === null ? t('turn') : t('turnAt', { time: formatMoment(state.at, locale) });
    case 'failed':
      return state.trouble ? <FailedWords trouble={state.trouble} /> : t('nothing');
    case 'words':
      return (
        <span className="line-clamp-6 text-left" title={state.words}>
          {t('words', { words: state.words })}
        </span>
      );
    case 'impossible':
      return (
        <span className="line-clamp-6" title={problem && sentence(problem)}>
          {problem && sentence(problem)}
        </span>
      );
    case 'pictures':
      return null;
    default:
      return t(state.kind);
  }
}

function Running({ since }: { since: number | null }) {
  const t = useTranslations('experiments.state');
  const elapsed = useElapsed(since ?? 0);
  return since === null ? t('sending') : t('running', { time: formatDuration(elapsed) });
}

function FailedWords({
  trouble,
}: {
  trouble: NonNullable<Extract<CellState, { kind: 'failed' }>['trouble']>;
}) {
  const { title } = useFailureWords(trouble);
  return (
    <span className="line-clamp-6" title={trouble.message}>
      {title}
    </span>
  );
}

/** A picture as the grid looks at all of them: whole or cut, and zoomed at the same place. */
function ZoomedPicture({
  picture: { hash, header },
  look: { size, isCropped, zoom, x, y },
}: {
  picture: SeenCell['pictures'][number]['picture'];
  look: GridLook;
}) {
  const { width = 1, height = 1 } = (header && uprightSize(header)) ?? {};
  const fit = isCropped ? 1 : Math.min(1, width / height);
  const tall = isCropped ? 1 : Math.min(1, height / width);
  // In shares of the cell.
  const [across, down] = [fit * zoom, tall * zoom];
  return (
    <div
      style={{
        width: `${across * 100}%`,
        height: `${down * 100}%`,
        left: `${(0.5 - across * x) * 100}%`,
        top: `${(0.5 - down * y) * 100}%`,
      }}
      className={`absolute ${header?.hasAlpha ? 'checkerboard' : ''}`}
    >
      <PictureCanvas
        // While they are zoomed, all go on showing what they have.
        key={`${hash} ${isCropped}`}
        isSharp
        hash={hash}
        height={Math.ceil(size * zoom * (isCropped ? Math.max(1, width / height) : tall))}
      />
    </div>
  );
}

/** An hour and minute by this browser's clock. */
export function timeOfDay(at: number, locale: string): string {
  return new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}
