'use client';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { furtherModels, useFurtherModels } from '@/lib/client/forms/further-models';
import { type SetForm, type SetRow, setDefinition, setRows } from '@/lib/core/experiments/run-set';
import type { Model } from '@/lib/core/models/model';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { CheckBox } from '../ui/check-box';
import { ChevronRightIcon } from '../ui/icons';
import { useProblemSentence } from './words';

export type FurtherModelsProps = Omit<SetForm, 'further' | 'leavesMaskOut'> & {
  models: readonly Model[];
};

/** The models that the form can be sent to at once, each with what it would be sent. */
export function FurtherModels({ models, ...set }: FurtherModelsProps) {
  const t = useTranslations('set');
  const { endpoint, model, edit } = set;
  const { change, store } = furtherModels[endpoint];
  const ids = useFurtherModels(endpoint, (state) => state.ids);
  const leavesMaskOut = useFurtherModels(endpoint, (state) => state.leavesMaskOut);
  const others = models.filter(({ id }) => id !== model.id).map(({ id }) => id);
  const ticked = others.filter((id) => ids.includes(id));
  const [isOpened, setOpened] = useState(false);
  // What each is sent takes a while to work out, and this is rendered with each keystroke in the form.
  const further = isOpened || ticked.length > 0 ? others : [];
  // A prompt that is still empty is no reason against any model.
  const form = { ...set.form, prompt: set.form.prompt || ' ' };
  const definition = setDefinition({ ...set, form, further, leavesMaskOut });
  const [own, ...rows] = further.length > 0 ? setRows(definition, models) : [];
  const tickedRows = rows.filter(({ id }) => ticked.includes(id));
  const sent = ticked.length > 0 ? [own, ...tickedRows].map((row) => row?.requests ?? 0) : [];
  const requests = sent.reduce((sum, count) => sum + count, 0);
  const pictures = sent.filter((count) => count > 0).length * definition.repeats;
  useEffect(() => store.setState({ requests, pictures }), [store, requests, pictures]);
  if (others.length === 0) return null;
  const losesMask = rows.some(({ problems }) => problems[0]?.reason === 'mask_unsupported');
  return (
    <details
      data-testid="also-run"
      className="group"
      open={ticked.length > 0 || undefined}
      onToggle={({ currentTarget }) => setOpened(currentTarget.open)}
    >
      <summary className="flex min-h-8 items-center gap-1 rounded-small text-small text-muted hover:text-text touch:min-h-10">
        <ChevronRightIcon size={13} aria-hidden className="group-open:rotate-90" />
        {t('further')}
        {ticked.length > 0 && (
          <span className="ml-auto tabular-nums">{t('ticked', { count: ticked.length })}</span>
        )}
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5">
        {rows.map((row) => (
          <FurtherModel
            key={row.id}
            row={row}
            models={models}
            isTicked={ticked.includes(row.id)}
            onTick={(isTicked) =>
              change({
                ids: isTicked ? [...ids, row.id] : ids.filter((id) => id !== row.id),
              })
            }
          />
        ))}
      </ul>
      {(losesMask || leavesMaskOut) && edit?.mask && (
        <CheckBox
          className="mt-1.5 items-center text-small"
          isChecked={leavesMaskOut}
          onChange={(next) => change({ leavesMaskOut: next })}
        >
          {t('leaveMaskOut')}
        </CheckBox>
      )}
    </details>
  );
}

/** One model: the size that it makes, how that differs from what was asked for, or why it is not sent. */
function FurtherModel({
  row: { id, of, problems, requests },
  models,
  isTicked,
  onTick,
}: {
  row: SetRow;
  models: readonly Model[];
  isTicked: boolean;
  onTick: (isTicked: boolean) => void;
}) {
  const t = useTranslations('set');
  const form = useTranslations('form');
  const locale = useLocale();
  const sentence = useProblemSentence(models);
  const model = models.find((one) => one.id === id);
  const [problem] = problems;
  const size = of?.size;
  return (
    <li>
      <label className="flex min-h-8 items-start gap-2 py-1 touch:min-h-10">
        <input
          type="checkbox"
          className="mt-[3px] accent-accent"
          checked={isTicked}
          disabled={!isTicked && requests === 0}
          onChange={({ target }) => onTick(target.checked)}
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-2">
            <span className="font-medium">{model?.label[locale] ?? id}</span>
            {size && requests > 0 && (
              <span className="text-small text-muted">
                <span className="font-mono">
                  {size.size === 'auto' ? form('auto') : formatSizeForPeople(size.size)}
                </span>
                {requests > 1 && ` · ${t('requests', { count: requests })}`}
              </span>
            )}
          </span>
          {size?.differs && requests > 0 && (
            <span className="block text-small text-muted">
              {t(size.differs === 'shape' ? 'otherShape' : 'otherPixels')}
            </span>
          )}
          {of?.isMaskLeftOut && requests > 0 && (
            <span className="block text-small text-warn">{t('withoutMask')}</span>
          )}
          {problem && (
            <span className={`block text-small ${isTicked ? 'text-error' : 'text-muted'}`}>
              {t('notSent', { why: sentence(problem) })}
            </span>
          )}
        </span>
      </label>
    </li>
  );
}
