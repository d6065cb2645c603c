import { useEffect, useId } from 'react';
import { useTranslations } from 'use-intl/react';
import {
  changeChoice,
  placeKey,
  settleChoice,
  useCompositeChoice,
} from '@/lib/client/composite/composite-choices';
import {
  type ComparisonFailure,
  useComposite,
  useMeasuredEdit,
} from '@/lib/client/composite/composites';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { maxFeather } from '@/lib/core/mask/composite';
import type { OutsideChange } from '@/lib/core/mask/outside-change';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { editedPicture, maskedHashes } from '@/lib/core/runs/sent-pictures';
import { formatSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { Button } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { Slider } from '../../ui/field';
import { CompositeActions } from './composite-actions';

/** What a masked edit changed outside its mask, and the switch that puts the original back there. */
export function KeepOutside({
  run,
  index,
  onUse,
  onMatchInputSize,
}: {
  run: RunEntry;
  index: number;
  onUse: (picture: KeptPicture, how: { keepsMask: boolean }) => void;
  onMatchInputSize?: (original: Size) => void;
}) {
  const t = useTranslations('compare');
  const id = useId();
  const edited = editedPicture(run, index);
  const place = { runId: run.id, index };
  const key = placeKey(place);
  const found = useMeasuredEdit(maskedHashes(edited));
  const { isOn, feather } = useCompositeChoice(place);
  const composite = useComposite(run, index);
  useEffect(() => settleChoice(key), [key]);
  if (!edited) return null;
  const failure =
    found && 'failure' in found
      ? found.failure
      : composite.state === 'failed'
        ? composite.failure
        : undefined;
  if (failure) {
    return <ComparisonFailureNotice failure={failure} onMatchInputSize={onMatchInputSize} />;
  }
  const measured = found && 'measured' in found ? found.measured : undefined;
  const words = t('featherValue', { count: feather });
  return (
    <div className="@container">
      <div className="flex flex-col gap-x-5 gap-y-1.5 text-small short:flex-row short:flex-wrap short:items-start @min-[900px]:flex-row @min-[900px]:flex-wrap @min-[900px]:items-center">
        <OutsideSentence change={measured?.change} />
        <CheckBox
          title={t('keepHint')}
          className="items-start [&>input]:mt-0.5"
          isChecked={isOn}
          onChange={(next) => changeChoice(key, { isOn: next })}
        >
          {t('keep')}
        </CheckBox>
        {isOn && (
          <>
            <div className="flex w-full max-w-80 items-center gap-2" title={t('featherHint')}>
              <label htmlFor={id} className="shrink-0">
                {t('feather')}
              </label>
              <Slider
                id={id}
                min={0}
                max={maxFeather}
                aria-valuetext={words}
                aria-describedby={`${id}-hint`}
                value={String(feather)}
                onSlide={(text) => changeChoice(key, { feather: Number(text) })}
              />
              <span className="min-w-12 shrink-0 text-right font-mono">{words}</span>
              <span id={`${id}-hint`} className="sr-only">
                {t('featherHint')}
              </span>
            </div>
            <CompositeActions
              run={run}
              index={index}
              size={edited.original.header && uprightSize(edited.original.header)}
              composite={composite}
              inexactness={measured?.inexactness}
              onUse={onUse}
            />
          </>
        )}
      </div>
    </div>
  );
}

const least = 0.0005;

/** How much an edit changed outside its mask, in a sentence; while it is measured, that it is. */
function OutsideSentence({ change }: { change: OutsideChange | undefined }) {
  const t = useTranslations('compare');
  if (!change) return <p className="text-muted">{t('measuring')}</p>;
  const { share, isIdentical, size } = change;
  const sentence = () => {
    if (share === null) return t('nothingOutside');
    if (isIdentical) return t('identical');
    return share < least ? t('changedLittle') : t('changed', { share });
  };
  return (
    <p
      data-testid="outside-change"
      title={t('changedHint', { size: formatSizeForPeople(formatSize(size)) })}
      className={share !== null && share >= 0.01 ? 'text-warn' : 'text-muted'}
    >
      {sentence()}
    </p>
  );
}

/** Why a result cannot be compared with its original, and what would make it so the next time. */
function ComparisonFailureNotice({
  failure,
  onMatchInputSize,
}: {
  failure: ComparisonFailure;
  onMatchInputSize?: (original: Size) => void;
}) {
  const t = useTranslations('compare');
  if (failure.reason !== 'shape') {
    return <p className="text-small text-muted">{t(`failure.${failure.reason}`)}</p>;
  }
  const { original, result } = failure;
  const words = (size: Size) => formatSizeForPeople(formatSize(size));
  return (
    <div className="flex flex-col items-start gap-1.5 text-small">
      <p className="text-warn">
        {t('failure.shape', { original: words(original), result: words(result) })}
      </p>
      {onMatchInputSize && (
        <Button title={t('matchInputHint')} onClick={() => onMatchInputSize(original)}>
          {t('matchInput')}
        </Button>
      )}
    </div>
  );
}
