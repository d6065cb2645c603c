'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useMeasuredEdit } from '@/lib/client/composite/composites';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { type EditedPicture, editedPicture, maskedHashes } from '@/lib/core/runs/sent-pictures';
import type { Size } from '@/lib/core/sizes/sizes';
import type { ComparedPicture } from '../../controls/compare/compare-pane';
import { Comparison } from '../../controls/compare/comparison';
import { IconButton } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons';
import { ChangeMap } from './change-map';
import { KeepOutside } from './keep-outside';
import { useComparedPictures } from './use-compared-pictures';

interface CompareViewProps {
  run: RunEntry;
  /** The place of the result on the run's card. */
  index: number;
  onIndex: (index: number) => void;
  onClose: () => void;
  onUse: (picture: KeptPicture, how: { keepsMask: boolean }) => void;
  onMatchInputSize?: (original: Size) => void;
}

/**
 * An edit's results over or beside their original in the whole window, both under one zoom. It is
 * open as long as it is rendered; load it lazily.
 */
export default function CompareView(props: CompareViewProps) {
  const edited = editedPicture(props.run, props.index);
  return edited && <EditComparison {...props} edited={edited} />;
}

function EditComparison({
  run,
  index,
  edited,
  onIndex,
  onClose,
  onUse,
  onMatchInputSize,
}: CompareViewProps & { edited: EditedPicture }) {
  const t = useTranslations('compare');
  const [isMarked, setMarked] = useState(false);
  const { original, result } = useComparedPictures(run, index, edited);
  const found = useMeasuredEdit(maskedHashes(edited));
  const change = found && 'measured' in found ? found.measured.change : undefined;
  const places = picturesOf(run).map((one) => one.index);
  const position = places.indexOf(index);
  const go = (by: 1 | -1) => {
    const next = places[position + by];
    if (next !== undefined) onIndex(next);
  };
  const marked: ComparedPicture = {
    ...result,
    overlay: (box, zoom) =>
      isMarked && change ? <ChangeMap change={change} box={box} zoom={zoom} /> : null,
  };
  const tools = (
    <>
      {change !== undefined && change.share !== 0 && (
        <CheckBox className="items-center text-small" isChecked={isMarked} onChange={setMarked}>
          {t('showChanges')}
        </CheckBox>
      )}
      {places.length > 1 && <ResultSteps position={position} count={places.length} onStep={go} />}
    </>
  );
  return (
    <Comparison
      label={t('label')}
      pictures={[original, marked]}
      left={original}
      right={marked}
      tools={tools}
      onStep={go}
      onClose={onClose}
      below={
        edited.mask !== null && (
          <div className="relative max-h-[40dvh] shrink-0 overflow-y-auto px-3 py-2 pb-[max(8px,env(safe-area-inset-bottom))]">
            <KeepOutside
              run={run}
              index={index}
              onMatchInputSize={
                onMatchInputSize &&
                ((original) => {
                  onClose();
                  onMatchInputSize(original);
                })
              }
              onUse={(picture, how) => {
                onClose();
                onUse(picture, how);
              }}
            />
          </div>
        )
      }
    />
  );
}

/** Goes through the results of a run. */
function ResultSteps({
  position,
  count,
  onStep,
}: {
  /** Among those of the run, from 0. */
  position: number;
  count: number;
  onStep: (by: 1 | -1) => void;
}) {
  const t = useTranslations('compare');
  return (
    <div className="flex items-center">
      <IconButton
        label={t('previous')}
        why={position === 0 ? t('first') : undefined}
        onClick={() => onStep(-1)}
      >
        <ChevronLeftIcon size={16} aria-hidden />
      </IconButton>
      <span role="status" className="text-small text-muted">
        {t('position', { number: position + 1, count })}
      </span>
      <IconButton
        label={t('next')}
        why={position === count - 1 ? t('last') : undefined}
        onClick={() => onStep(1)}
      >
        <ChevronRightIcon size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
