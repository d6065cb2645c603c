'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { usePictureUrl } from '@/lib/client/pictures/picture-files';
import { canBeLeftOut, type SeenCell } from '@/lib/core/experiments/cell-state';
import type { PlanCell } from '@/lib/core/experiments/plan';
import type { Cell } from '@/lib/core/runs/run-entry';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import type { ValidationProblem } from '@/lib/core/validation';
import { FailureNotice } from '../../controls/failure-notice';
import { DownloadLink } from '../../controls/save-picture';
import { EmptySlot } from '../../runs/picture-slots';
import { Button, buttonClasses } from '../../ui/button';
import { CheckIcon, CloseIcon, RefreshIcon, SearchIcon, UndoIcon } from '../../ui/icons';
import { OpenSheet } from '../../ui/sheet';
import { fileNameOf, PictureActions, RequestActions, requestOf } from './cell-actions';
import { AskedFor } from './cell-facts';
import { retryWord } from './cell-tools';

/** Everything about a combination, also where it has no picture, and all that can be done with it. */
export function CellSheet({
  label,
  planned,
  seen,
  page,
  isPicked,
  sentence,
  values,
  onView,
  onPick,
  onRetry,
  onLeaveOut,
  onClose,
}: {
  label: string;
  planned: PlanCell;
  seen: SeenCell;
  /** Which of its pictures the grid shows. */
  page: number;
  isPicked: boolean;
  sentence: (problem: ValidationProblem) => string;
  values: ReactNode;
  onView: () => void;
  onPick: () => void;
  onRetry: () => void;
  onLeaveOut: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('experiments.cell');
  const grid = useTranslations('experiments.grid');
  const states = useTranslations('experiments.state');
  const shell = useTranslations('shell');
  const { state, pictures } = seen;
  const shown = pictures[Math.min(page, pictures.length - 1)];
  const run = requestOf(planned, seen, page);
  const retry = retryWord(state);
  const canLeaveOut = planned.isLeftOut || canBeLeftOut(seen);
  const closing = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <OpenSheet isWide title={label || t('title')} closeLabel={shell('close')} onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4" data-testid="cell-sheet">
        <p dir="auto" className="max-h-40 overflow-y-auto break-words whitespace-pre-wrap">
          {planned.prompt}
        </p>
        <div className="grid gap-4 roomy:grid-cols-2">
          {values}
          {run && <AskedFor run={run} />}
        </div>
        {state.kind === 'failed' && state.trouble ? (
          <FailureNotice trouble={state.trouble}>{null}</FailureNotice>
        ) : (
          state.kind !== 'pictures' && (
            <p className="text-small text-muted">{states(`short.${state.kind}`)}</p>
          )
        )}
        {state.kind === 'words' && (
          <p dir="auto" className="max-h-40 overflow-y-auto break-words whitespace-pre-wrap">
            {state.words}
          </p>
        )}
        <div className="grid items-start gap-3 empty:hidden roomy:grid-cols-2">
          {seen.sent.map((cell) => (
            <WithoutPictures key={cell.id} cell={cell} />
          ))}
        </div>
        {planned.problems.map((problem) => (
          <p key={problem.reason}>{sentence(problem)}</p>
        ))}
        <div className="flex flex-wrap gap-1.5">
          {shown && (
            <>
              <Button onClick={closing(onView)}>
                <SearchIcon size={14} aria-hidden />
                {t('view')}
              </Button>
              <Button aria-pressed={isPicked} onClick={closing(onPick)}>
                <CheckIcon size={14} aria-hidden />
                {grid('pick')}
              </Button>
              <PictureActions shown={shown} onDone={onClose} />
              <Download hash={shown.picture.hash} fileName={fileNameOf(shown)} />
            </>
          )}
          {run && <RequestActions run={run} onDone={onClose} />}
          {retry && (
            <Button onClick={({ detail }) => detail < 2 && closing(onRetry)()}>
              <RefreshIcon size={14} aria-hidden />
              {grid(retry)}
            </Button>
          )}
          {canLeaveOut && (
            <Button onClick={closing(onLeaveOut)}>
              {planned.isLeftOut ? (
                <UndoIcon size={14} aria-hidden />
              ) : (
                <CloseIcon size={14} aria-hidden />
              )}
              {grid(planned.isLeftOut ? 'takeBack' : 'leaveOut')}
            </Button>
          )}
        </div>
      </div>
    </OpenSheet>
  );
}

/** What came in place of a cell's pictures. */
function WithoutPictures({ cell: { slots, request } }: { cell: Cell }) {
  const aspect = aspectOf(request.size ?? 'auto');
  return slots.map((slot, index) =>
    slot.kind === 'link' || slot.kind === 'error' || slot.kind === 'invalid' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place
      <EmptySlot key={index} slot={slot} aspect={aspect} isFirst={false} />
    ) : null,
  );
}

function Download({ hash, fileName }: { hash: string; fileName: string }) {
  const url = usePictureUrl(hash);
  return url ? (
    <DownloadLink href={url} fileName={fileName} className={buttonClasses('plain')} />
  ) : null;
}
