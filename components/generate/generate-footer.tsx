'use client';
import { useTranslations } from 'use-intl/react';
import { useExpectedDuration } from '@/lib/client/use-expected-duration';
import {
  type GenerationForm,
  generationRequest,
  shownSize,
} from '@/lib/core/endpoints/generation-form';
import type { Model } from '@/lib/core/models/model';
import { formatDuration } from '@/lib/i18n/format-duration';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { useOptionWords } from '../controls/use-option-words';
import { Button } from '../ui/button';
import { Keys } from '../ui/keys';
import { useCommandKey } from '../ui/use-command-key';

/** What the next run will ask for in one line, and the button. */
export function GenerateFooter({
  form,
  model,
  problems,
  onRun,
}: {
  form: GenerationForm;
  model: Model;
  problems: number;
  onRun: () => void;
}) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const command = useCommandKey();
  const request = generationRequest(form, model);
  const { n = 1, quality } = request;
  const expectedMs = useExpectedDuration(request);
  const size = shownSize(form, model);
  return (
    <div className="border-t border-line bg-panel px-3.5 py-3 max-wide:fixed max-wide:inset-x-0 max-wide:bottom-0 max-wide:z-10 max-wide:pb-[max(12px,env(safe-area-inset-bottom))]">
      <p className="mb-2 flex justify-between gap-3 text-small text-muted">
        {problems > 0 ? (
          <span className="text-error">{t('summaryUnclear')}</span>
        ) : (
          <>
            <span className="whitespace-nowrap">
              {t('summaryPictures', { count: n })}
              {expectedMs !== undefined &&
                ` · ${t('summaryTime', { time: formatDuration(expectedMs) })}`}
            </span>
            <span className="truncate font-mono">
              {size === 'auto' ? t('auto') : formatSizeForPeople(size)}
              {typeof quality === 'string' && ` · ${words.value('quality', quality)}`}
            </span>
          </>
        )}
      </p>
      <Button
        look="primary"
        data-testid="submit"
        className="w-full"
        // The second click of a double click would be a second order.
        onClick={(event) => event.detail < 2 && onRun()}
      >
        {t('generate')}
        <span aria-hidden className="max-wide:hidden">
          <Keys keys={[command, '↵']} />
        </span>
      </Button>
    </div>
  );
}
