import { type ReactNode, useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import { overlayColours } from '@/lib/client/edit/painter-settings';
import { type Edges, rectangleOf } from '@/lib/core/mask/operations';
import type { PaintMode } from '@/lib/core/mask/raster';
import { Button } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { NumberField, Slider } from '../../ui/field';
import { ChevronRightIcon } from '../../ui/icons';
import { Segmented } from '../../ui/segmented';
import { useTypedNumber } from './use-typed-number';

const edgeKinds = ['grow', 'shrink', 'feather'] as const;
const edgeRange = { least: 1, most: 200 };
const usualEdge = 16;

/** Moves or softens the edges of the whole mask. It shows what it would do until it is applied. */
export function EdgeTools({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const id = useId();
  const isTrying = useMaskSession(session, (state) => state.isTrying);
  const [kind, setKind] = useState<(typeof edgeKinds)[number]>('grow');
  const [pixels, setPixels] = useState(usualEdge);
  const preview = (change: { kind?: (typeof edgeKinds)[number]; pixels?: number }) => {
    const operation = { kind, pixels, ...change };
    setKind(operation.kind);
    setPixels(operation.pixels);
    session.dispatch({ type: 'try', operation });
  };
  const drop = () => session.dispatch({ type: 'try', operation: null });
  const typed = useTypedNumber({ value: pixels, ...edgeRange }, (count) =>
    preview({ pixels: count }),
  );
  return (
    <PanelSection title={t('edges')} onToggle={(isOpen) => !isOpen && drop()}>
      <Segmented
        label={t('edges')}
        value={kind}
        choices={edgeKinds.map((value) => ({ value, label: t(`edge.${value}`) }))}
        onChoose={(value) => preview({ kind: value as (typeof edgeKinds)[number] })}
      />
      <p className="text-muted">{t(`edgeHint.${kind}`)}</p>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="sr-only">
          {t('by')}
        </label>
        <Slider
          aria-label={t('by')}
          aria-valuetext={t('pixelCount', { count: pixels })}
          min={edgeRange.least}
          max={edgeRange.most}
          value={String(pixels)}
          onSlide={(text) => preview({ pixels: Number(text) })}
        />
        <div className="w-14 shrink-0">
          <NumberField id={id} {...typed} min={edgeRange.least} max={edgeRange.most} />
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

const edgeNames = ['left', 'top', 'width', 'height'] as const;

/** A rectangle by numbers: masking without a pointer, and to the pixel. */
export function RectangleFields({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const id = useId();
  const { width, height } = session.size;
  const [edges, setEdges] = useState<Edges>({
    left: '0',
    top: '0',
    width: String(width),
    height: String(height),
  });
  const area = rectangleOf(edges, session.size);
  const whyNot = area ? undefined : t('rectangleProblem', { width, height });
  const paint = (mode: PaintMode) => {
    if (area) session.dispatch({ type: 'apply', operation: { kind: 'rectangle', mode, area } });
  };
  return (
    <PanelSection title={t('rectangle')}>
      <div className="grid grid-cols-4 gap-1.5">
        {edgeNames.map((name) => (
          <div key={name}>
            <label htmlFor={`${id}-${name}`} className="mb-0.5 block truncate text-muted">
              {t(`edgeOf.${name}`)}
            </label>
            <NumberField
              id={`${id}-${name}`}
              value={edges[name]}
              min={0}
              invalid={area === null}
              aria-describedby={area === null ? `${id}-problem` : undefined}
              onType={(text) => setEdges((before) => ({ ...before, [name]: text }))}
            />
          </div>
        ))}
      </div>
      {area === null && (
        <p id={`${id}-problem`} role="alert" className="text-error">
          {whyNot}
        </p>
      )}
      <div className="flex gap-1.5">
        <Button why={whyNot} onClick={() => paint('add')}>
          {t('paint')}
        </Button>
        <Button why={whyNot} onClick={() => paint('erase')}>
          {t('tool.erase')}
        </Button>
      </div>
    </PanelSection>
  );
}

const colourNames = Object.keys(overlayColours) as (keyof typeof overlayColours)[];

/** How the mask is shown over the picture, and how a pen paints. Nothing of it is in the mask. */
export function OverlayLookFields({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const id = useId();
  const look = useMaskSession(session, (state) => state.look);
  const usesPressure = useMaskSession(session, (state) => state.usesPressure);
  return (
    <PanelSection title={t('look')}>
      <fieldset className="flex items-center gap-1.5">
        <legend className="sr-only">{t('colour')}</legend>
        {colourNames.map((name) => (
          <label
            key={name}
            title={t(`colours.${name}`)}
            className="size-6 cursor-pointer rounded-full border border-line-strong has-checked:outline-2 has-checked:outline-offset-2 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-accent"
            style={{ background: overlayColours[name] }}
          >
            <input
              type="radio"
              name={id}
              className="sr-only"
              aria-label={t(`colours.${name}`)}
              checked={look.colour === overlayColours[name]}
              onChange={() => session.setLook({ colour: overlayColours[name] })}
            />
          </label>
        ))}
      </fieldset>
      <div className="flex items-center gap-2">
        <label htmlFor={`${id}-strength`} className="shrink-0">
          {t('strength')}
        </label>
        <Slider
          id={`${id}-strength`}
          aria-valuetext={t('percent', { share: look.strength })}
          min={10}
          max={100}
          value={String(Math.round(look.strength * 100))}
          onSlide={(text) => session.setLook({ strength: Number(text) / 100 })}
        />
        <span className="w-9 text-right">{t('percent', { share: look.strength })}</span>
      </div>
      <CheckBox
        isChecked={usesPressure}
        onChange={(next) =>
          session.dispatch({ type: 'set-tools', settings: { usesPressure: next } })
        }
      >
        {t('pressure')}
      </CheckBox>
    </PanelSection>
  );
}

/** A part of the mask's panel that is opened when it is needed. */
function PanelSection({
  title,
  onToggle,
  children,
}: {
  title: string;
  onToggle?: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <details
      className="group rounded-small border border-line"
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
    >
      <summary className="flex items-center gap-1 rounded-small px-2 py-1.5 text-small hover:bg-sunken">
        <ChevronRightIcon
          size={14}
          aria-hidden
          className="text-muted transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="flex flex-col gap-2 px-2.5 pt-1 pb-2.5 text-small">{children}</div>
    </details>
  );
}
