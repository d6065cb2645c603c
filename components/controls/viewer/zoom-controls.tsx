import { useTranslations } from 'use-intl/react';
import { IconButton } from '../../ui/button';
import { MinusIcon, PlusIcon } from '../../ui/icons';
import type { PanZoom } from './use-pan-zoom';

/** The scale of a picture in percent, and the buttons that change it. */
export function ZoomControls({ zoom: { view, isWhole, change } }: { zoom: PanZoom }) {
  const t = useTranslations('viewer');
  return (
    <div className="flex items-center">
      <IconButton label={t('zoomOut')} onClick={() => change({ type: 'step', direction: 'out' })}>
        <MinusIcon size={15} aria-hidden />
      </IconButton>
      <button
        type="button"
        title={t('toggleHint')}
        onClick={() => change({ type: 'toggle' })}
        className="h-8 min-w-14 rounded-small px-1 text-center text-small hover:bg-raised"
      >
        <span className="sr-only">{isWhole ? t('showReal') : t('showWhole')} </span>
        {t('percent', { scale: view.scale })}
      </button>
      <IconButton label={t('zoomIn')} onClick={() => change({ type: 'step', direction: 'in' })}>
        <PlusIcon size={15} aria-hidden />
      </IconButton>
    </div>
  );
}
