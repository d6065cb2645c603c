import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { Button } from '../../ui/button';
import { NumberField, Slider } from '../../ui/field';
import { Segmented } from '../../ui/segmented';
import { PanelSection } from './panel-section';
import { useTypedNumber } from './use-typed-number';

const kinds = ['grow', 'shrink', 'feather'] as const;
const range = { least: 1, most: 200 };
const usual = 16;

/** Moves or softens the edges of the whole mask. It shows what it would do until it is applied. */
export function EdgeTools({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const id = useId();
  const isTrying = useMaskSession(session, (state) => state.isTrying);
  const [kind, setKind] = useState<(typeof kinds)[number]>('grow');
  const [pixels, setPixels] = useState(usual);
  const preview = (change: { kind?: (typeof kinds)[number]; pixels?: number }) => {
    const operation = { kind, pixels, ...change };
    setKind(operation.kind);
    setPixels(operation.pixels);
    session.dispatch({ type: 'try', operation });
  };
  const drop = () => session.dispatch({ type: 'try', operation: null });
  const typed = useTypedNumber({ value: pixels, ...range }, (count) => preview({ pixels: count }));
  return (
    <PanelSection title={t('edges')} onToggle={(isOpen) => !isOpen && drop()}>
      <Segmented
        label={t('edges')}
        value={kind}
        choices={kinds.map((value) => ({ value, label: t(`edge.${value}`) }))}
        onChoose={(value) => preview({ kind: value as (typeof kinds)[number] })}
      />
      <p className="text-muted">{t(`edgeHint.${kind}`)}</p>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="sr-only">
          {t('by')}
        </label>
        <Slider
          aria-label={t('by')}
          aria-valuetext={t('pixelCount', { count: pixels })}
          min={range.least}
          max={range.most}
          value={String(pixels)}
          onSlide={(text) => preview({ pixels: Number(text) })}
        />
        <div className="w-14 shrink-0">
          <NumberField id={id} {...typed} min={range.least} max={range.most} />
        </div>
        <span className="whitespace-nowrap text-muted">{t('pixels')}</span>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          onClick={() => {
            if (!isTrying) preview({});
            session.dispatch({ type: 'keep-trial' });
          }}
        >
          {t('apply')}
        </Button>
        {isTrying ? (
          <Button look="quiet" onClick={drop}>
            {t('drop')}
          </Button>
        ) : (
          <Button look="quiet" onClick={() => preview({})}>
            {t('preview')}
          </Button>
        )}
      </div>
      <p role="status" className="text-muted empty:hidden">
        {isTrying && t('trying')}
      </p>
    </PanelSection>
  );
}
