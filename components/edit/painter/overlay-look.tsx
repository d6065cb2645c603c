import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { overlayColours } from '@/lib/client/edit/painter-settings';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { Slider } from '../../ui/field';
import { PanelSection } from './panel-section';

const names = Object.keys(overlayColours) as (keyof typeof overlayColours)[];

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
        {names.map((name) => (
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
        <span className="w-9 text-right font-mono">{t('percent', { share: look.strength })}</span>
      </div>
      <label className="flex cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={usesPressure}
          onChange={({ currentTarget }) =>
            session.dispatch({
              type: 'set-tools',
              settings: { usesPressure: currentTarget.checked },
            })
          }
        />
        {t('pressure')}
      </label>
    </PanelSection>
  );
}
