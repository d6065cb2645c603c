'use client';
import { useTranslations } from 'use-intl/react';
import { useRuns } from '@/lib/client/runs/runs-store';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import { laterPart } from '../controls/later-part';
import { useIsWide } from '../ui/viewport';

const RecentRuns = laterPart(async () => (await import('./recent-runs')).RecentRuns);

/** All stored runs, newest first; a click opens one. */
export function RecentStrip({
  endpoint,
  layout = 'responsive',
}: {
  endpoint: ImageEndpoint;
  /** `horizontal`: a row at every screen width, for narrow columns. */
  layout?: 'responsive' | 'horizontal';
}) {
  const t = useTranslations('stage');
  const keptIds = useRuns((state) => state.keptIds[endpoint]);
  const removedId = useRuns((state) => state.removedId);
  const markedId = useRuns((state) => state.markedIds[endpoint]);
  const isUpright = useIsWide() && layout === 'responsive';
  const ids = keptIds.filter((id) => id !== removedId);
  // Stays while the last run can still be restored, so that the layout does not shift.
  if (keptIds.length === 0) return null;
  const orientation = isUpright ? 'vertical' : 'horizontal';
  return (
    <aside
      aria-label={t('recent')}
      className={`flex min-h-0 shrink-0 flex-col border-line bg-panel ${layout === 'responsive' ? 'wide:w-[104px] wide:border-l max-wide:h-[84px] max-wide:border-b max-wide:px-2' : 'h-[84px] border-b px-2'}`}
    >
      <h2 className={`px-3 pt-3 pb-1.5 text-small font-medium ${isUpright ? '' : 'sr-only'}`}>
        {t('recent')}
      </h2>
      <RecentRuns ids={ids} marked={markedId} orientation={orientation} />
    </aside>
  );
}
