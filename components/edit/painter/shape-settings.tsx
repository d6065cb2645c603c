import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import type { PaintMode } from '@/lib/core/mask/raster';
import { Segmented } from '../../ui/segmented';

/** Whether rectangle and lasso paint or erase. */
export function ShapeSettings({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const mode = useMaskSession(session, (state) => state.shapeMode);
  return (
    <div className="min-w-44 text-small @max-[560px]:order-last @max-[560px]:w-full">
      <Segmented
        label={t('shapeMode')}
        value={mode}
        choices={[
          { value: 'add', label: t('paint') },
          { value: 'erase', label: t('tool.erase') },
        ]}
        onChoose={(value) =>
          session.dispatch({ type: 'set-tools', settings: { shapeMode: value as PaintMode } })
        }
      />
    </div>
  );
}
