import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/stores/mask-session';
import { useMaskSession } from '@/lib/client/stores/use-mask-session';
import { IconButton } from '../../ui/icon-button';
import { UndoIcon } from '../../ui/icons';

/** Above the picture: the tools, how they are set, and the way back. */
export function PainterToolbar({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const canUndo = useMaskSession(session, (state) => state.canUndo);
  return (
    <div role="toolbar" aria-label={t('tools')} className="flex justify-center p-2">
      <IconButton
        label={t('undo')}
        data-testid="mask-undo"
        disabled={!canUndo}
        onClick={() => session.dispatch({ type: 'undo' })}
      >
        <UndoIcon size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
