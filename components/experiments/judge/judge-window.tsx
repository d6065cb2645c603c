'use client';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { PlacedPicture } from '@/lib/core/experiments/judging/blocks';
import type { Judge, JudgedAnswer } from '@/lib/core/experiments/judging/judgement';
import { shapesDiffer } from '@/lib/core/experiments/judging/pair-layout';
import { FullScreen } from '../../controls/viewer/full-screen';
import { Button, CloseButton } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { UndoIcon } from '../../ui/icons';
import { Keys } from '../../ui/keyboard';
import { useElementSize } from '../../ui/viewport';
import { PairView } from './pair-view';
import { ProgressWords } from './progress-words';
import { usePairs } from './use-pairs';

const answerKeys: Record<string, JudgedAnswer> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowDown: 'tie',
  ArrowUp: 'bad',
};

const unmeasured = { width: 0, height: 0 };

/**
 * Pairs of pictures in the whole window, without anything that tells where they are from. It is open as
 * long as it is rendered; load it lazily.
 */
export default function JudgeWindow({
  experiment,
  axis,
  judge,
  pictures: offered,
  onClose,
}: {
  experiment: string;
  axis: string;
  judge: Judge;
  pictures: readonly PlacedPicture[];
  onClose: () => void;
}) {
  const t = useTranslations('judging');
  const shell = useTranslations('shell');
  // What arrives later would change the pair that is looked at.
  const [pictures] = useState(offered);
  const [isCropped, setCropped] = useState(false);
  const { shown, isEmpty, count, canUndo, answer, undo } = usePairs({
    experiment,
    axis,
    judge,
    pictures,
  });
  const stage = useRef<HTMLDivElement>(null);
  const area = useElementSize(stage) ?? unmeasured;
  const isStacked = area.width < area.height;
  const values = new Set(pictures.map((picture) => picture.values[axis])).size;
  const tellsByShape = shown !== undefined && shapesDiffer(shown.left.size, shown.right.size);

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, repeat, ctrlKey, metaKey, altKey, shiftKey } = event;
    const given = answerKeys[key];
    if (ctrlKey || metaKey || altKey || shiftKey || (!given && key !== 'Backspace')) return;
    event.preventDefault();
    // A key held down is one answer.
    if (repeat) return;
    if (given) answer(given);
    else undo();
  };

  return (
    <FullScreen aria-label={t('judge')} onKeyDown={onKeyDown} onClose={onClose}>
      <div className="flex min-h-12 shrink-0 items-center gap-3 px-3 py-1">
        <div className="flex min-w-0 flex-1 items-baseline gap-x-3 max-wide:flex-col">
          <h2 className="text-large font-semibold">{t('question')}</h2>
          <p role="status" className="text-small text-muted">
            <ProgressWords count={count} values={values} />
          </p>
        </div>
        <CloseButton label={shell('close')} />
      </div>
      <div ref={stage} data-testid="judge-pair" className="mx-3 flex min-h-0 flex-1">
        {shown && (
          <PairView
            pair={shown}
            area={area}
            isStacked={isStacked}
            isCropped={isCropped && tellsByShape}
          />
        )}
        {!shown && (
          <p className="m-auto text-center text-muted">{t(isEmpty ? 'nothing' : 'loading')}</p>
        )}
      </div>
      {tellsByShape && (
        <div className="flex shrink-0 flex-wrap items-center justify-center gap-2 px-3 pt-2 text-small text-muted">
          {t('shapeTells')}
          <CheckBox className="items-center text-text" isChecked={isCropped} onChange={setCropped}>
            {t('crop')}
          </CheckBox>
        </div>
      )}
      <div className="mx-auto grid w-full max-w-[900px] shrink-0 grid-cols-6 gap-2 p-3 pb-[max(12px,env(safe-area-inset-bottom))] wide:grid-cols-[auto_repeat(4,minmax(0,1fr))]">
        <Answer
          keys="←"
          className="col-span-3 wide:order-2 wide:col-span-1"
          onGive={() => answer('left')}
        >
          {t(isStacked ? 'answer.upper' : 'answer.left')}
        </Answer>
        <Answer
          keys="→"
          className="col-span-3 wide:order-5 wide:col-span-1"
          onGive={() => answer('right')}
        >
          {t(isStacked ? 'answer.lower' : 'answer.right')}
        </Answer>
        <Button
          className="col-span-2 touch:min-h-12 wide:order-1 wide:col-span-1"
          why={canUndo ? undefined : t('nothingToUndo')}
          {...(canUndo && { onClick: undo })}
        >
          <UndoIcon size={15} aria-hidden />
          {t('undo')}
        </Button>
        <Answer
          keys="↓"
          className="col-span-2 wide:order-3 wide:col-span-1"
          onGive={() => answer('tie')}
        >
          {t('answer.tie')}
        </Answer>
        <Answer
          keys="↑"
          className="col-span-2 wide:order-4 wide:col-span-1"
          onGive={() => answer('bad')}
        >
          {t('answer.bad')}
        </Answer>
      </div>
    </FullScreen>
  );
}

function Answer({
  keys,
  className,
  onGive,
  children,
}: {
  keys: string;
  className: string;
  onGive: () => void;
  children: ReactNode;
}) {
  return (
    <Button className={`min-h-10 touch:min-h-12 ${className}`} onClick={onGive}>
      {children}
      <span aria-hidden className="text-muted touch:hidden">
        <Keys keys={[keys]} />
      </span>
    </Button>
  );
}
