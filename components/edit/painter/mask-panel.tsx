'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import { saveBlob } from '@/lib/client/pictures/downloads';
import { Button } from '../../ui/button';
import { FieldHead } from '../../ui/field';
import { ImportMask } from './import-mask';
import { EdgeTools, OverlayLookFields, RectangleFields } from './mask-tools';

// Less than this is said to be less, and never to be nothing.
const leastShare = 0.001;

// All five in one row of the form.
const compact = 'px-2! py-1!';

/** The mask in the form: how much is painted, and all that is done to the whole of it. */
export function MaskPanel({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const share = useMaskSession(session, (state) => state.share);
  const [isEmpty, setEmpty] = useState(false);
  const save = async () => {
    // The painter itself says why, where it can't be used.
    const mask = await session.exportMask().catch(() => undefined);
    setEmpty(mask === null);
    const { width, height } = session.size;
    if (mask) saveBlob(mask.blob, `mask-${width}x${height}.png`);
  };
  const apply = (kind: 'invert' | 'fill' | 'clear') =>
    session.dispatch({ type: 'apply', operation: { kind } });
  const words = () => {
    if (share === 0) return t('nothing');
    return share < leastShare ? t('hardly') : t('share', { share });
  };
  return (
    <section aria-label={t('mask')} className="flex flex-col gap-2">
      <div>
        <FieldHead label={t('mask')} aside={<span role="status">{words()}</span>} />
        <p className="text-small text-muted">{t('meaning')}</p>
      </div>
      <div className="flex flex-wrap gap-1.5 text-small">
        <ImportMask session={session} className={compact} />
        <Button
          className={compact}
          data-testid="mask-export"
          title={t('exportHint')}
          onClick={() => void save()}
        >
          {t('export')}
        </Button>
        <Button className={compact} title={t('invertHint')} onClick={() => apply('invert')}>
          {t('invert')}
        </Button>
        <Button className={compact} onClick={() => apply('fill')}>
          {t('fill')}
        </Button>
        <Button
          className={compact}
          why={share === 0 ? t('nothing') : undefined}
          onClick={() => apply('clear')}
        >
          {t('clear')}
        </Button>
      </div>
      {isEmpty && share === 0 && (
        <p role="alert" className="text-small text-warn">
          {t('exportEmpty')}
        </p>
      )}
      <EdgeTools session={session} />
      <RectangleFields session={session} />
      <OverlayLookFields session={session} />
    </section>
  );
}
