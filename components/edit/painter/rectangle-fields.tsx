import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import type { PaintMode } from '@/lib/core/mask/raster';
import { type Edges, rectangleOf } from '@/lib/core/mask/rectangle-fields';
import { Button } from '../../ui/button';
import { NumberField } from '../../ui/field';
import { PanelSection } from './panel-section';

const names = ['left', 'top', 'width', 'height'] as const;

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
  const paint = (mode: PaintMode) => {
    if (area) session.dispatch({ type: 'apply', operation: { kind: 'rectangle', mode, area } });
  };
  return (
    <PanelSection title={t('rectangle')}>
      <div className="grid grid-cols-4 gap-1.5">
        {names.map((name) => (
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
          {t('rectangleProblem', { width, height })}
        </p>
      )}
      <div className="flex gap-1.5">
        <Button disabled={!area} onClick={() => paint('add')}>
          {t('paint')}
        </Button>
        <Button disabled={!area} onClick={() => paint('erase')}>
          {t('tool.erase')}
        </Button>
      </div>
    </PanelSection>
  );
}
