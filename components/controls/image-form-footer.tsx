'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useExpectedDuration } from '@/lib/client/runs/use-expected-duration';
import { formRequest, type ModelForm, shownSize } from '@/lib/core/endpoints/image-form';
import { askedPictures } from '@/lib/core/runs/asked-pictures';
import { formatExpected } from '@/lib/i18n/format-duration';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { Button } from '../ui/button';
import { Keys, useCommandKey } from '../ui/keyboard';
import { useOptionWords } from './words';

/** What the next run will ask for in one line, and the button. */
export function ImageFormFooter({
  form,
  model,
  endpoint,
  label,
  problem,
  onShowProblem,
  onRun,
  children,
}: ModelForm & {
  /** What the button does. */
  label: string;
  /** The first thing that is wrong, in words. */
  problem: string | undefined;
  onShowProblem: () => void;
  onRun: () => void;
  /** What else is to be known before the button is pressed. */
  children?: ReactNode;
}) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const command = useCommandKey();
  const request = formRequest({ form, model, endpoint });
  const { quality } = request;
  const { count, isUpperBound } = askedPictures(request);
  const expectedMs = useExpectedDuration({ endpoint, request });
  const size = shownSize(form, model);
  return (
    <div className="border-t border-line bg-panel px-3.5 py-3 max-wide:fixed max-wide:inset-x-0 max-wide:bottom-0 max-wide:z-10 max-wide:pb-[max(12px,env(safe-area-inset-bottom))] [@media(max-height:500px)]:py-1.5">
      {children}
      <p className="mb-2 flex justify-between [@media(max-height:500px)]:hidden gap-3 text-small text-muted">
        {problem !== undefined ? (
          <button
            type="button"
            className="truncate text-left text-error underline underline-offset-2"
            onClick={onShowProblem}
          >
            {problem}
          </button>
        ) : (
          <>
            <span className="whitespace-nowrap">
              {t(isUpperBound ? 'summaryUpTo' : 'summaryPictures', { count })}
              {expectedMs !== undefined &&
                ` · ${t('summaryTime', { time: formatExpected(expectedMs) })}`}
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
        // Ignores the second click of a double click, which would be a second paid request.
        onClick={(event) => event.detail < 2 && onRun()}
      >
        {label}
        <span aria-hidden className="max-wide:hidden">
          <Keys keys={[command, '↵']} />
        </span>
      </Button>
    </div>
  );
}
