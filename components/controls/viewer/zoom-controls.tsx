import { useTranslations } from 'use-intl/react';
import { IconButton } from '../../ui/icon-button';
import { MinusIcon, PlusIcon } from '../../ui/icons';
import type { Zoom } from './use-zoom';

/** How large a picture is shown, and the buttons that change it. */
export function ZoomControls({ zoom }: { zoom: Zoom }) {
  const t = useTranslations('viewer');
  const { scale } = zoom.view;
  return (
    <div className="flex items-center">
      <IconButton label={t('zoomOut')} onClick={() => zoom.step('out')}>
        <MinusIcon size={15} aria-hidden />
      </IconButton>
      <button
        type="button"
        title={t('toggleHint')}
        onClick={() => zoom.toggle()}
        className="h-8 min-w-14 rounded-small px-1 text-center font-mono text-small hover:bg-raised"
      >
        <span className="sr-only">{zoom.isWhole ? t('showReal') : t('showWhole')} </span>
        {t('percent', { scale })}
      </button>
      <IconButton label={t('zoomIn')} onClick={() => zoom.step('in')}>
        <PlusIcon size={15} aria-hidden />
      </IconButton>
    </div>
  );
}
