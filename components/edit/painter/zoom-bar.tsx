import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { IconButton } from '../../ui/button';
import { MinusIcon, PlusIcon } from '../../ui/icons';

/** Below the picture: how large it is shown, and how to change that. */
export function ZoomBar({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const viewer = useTranslations('viewer');
  const scale = useMaskSession(session, (state) => state.scale);
  const words = 'h-8 rounded-small px-1.5 text-small text-muted hover:bg-sunken hover:text-text';
  return (
    <div className="flex shrink-0 items-center justify-center gap-1 p-1.5 font-mono text-small text-muted">
      <IconButton label={viewer('zoomOut')} onClick={() => session.stage()?.step('out')}>
        <MinusIcon size={15} aria-hidden />
      </IconButton>
      <span className="min-w-12 text-center">{viewer('percent', { scale })}</span>
      <IconButton label={viewer('zoomIn')} onClick={() => session.stage()?.step('in')}>
        <PlusIcon size={15} aria-hidden />
      </IconButton>
      <button
        type="button"
        title={t('fitHint')}
        className={words}
        onClick={() => session.stage()?.showWhole()}
      >
        {t('fit')}
      </button>
      <button
        type="button"
        title={t('realHint')}
        className={words}
        onClick={() => session.stage()?.zoomTo(1)}
      >
        {t('real')}
      </button>
      <span className="px-1.5">
        {formatSizeForPeople(`${session.size.width}x${session.size.height}`)}
      </span>
    </div>
  );
}
