import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { formatSizeForPeople } from '@/lib/i18n/format-size';

/** Why nothing can be painted, if so. */
export function PainterProblem({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const problem = useMaskSession(session, (state) => state.problem);
  const { width, height } = session.size;
  if (!problem) return null;
  return (
    <p
      role="alert"
      data-testid="problem"
      className="m-2 rounded-small bg-error-soft p-2 text-center text-error"
    >
      {problem === 'memory'
        ? t('noMemory', { size: formatSizeForPeople(`${width}x${height}`) })
        : t('notLoaded')}
    </p>
  );
}
