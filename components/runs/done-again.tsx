'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import { repeatRun } from '@/lib/client/runs/image-runs';
import { reuseRun } from '@/lib/client/runs/reuse-run';
import { pageOf, type SentRun } from '@/lib/client/runs/sent-run';
import type { Model } from '@/lib/core/models/model';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import type { ValidationProblem } from '@/lib/core/validation';
import { WithCode } from '../controls/code/with-code';
import { usePrompt } from '../controls/prompt-scope';
import { useBudgetWords } from '../controls/sharing-words';
import { useProblemSentence } from '../controls/words';
import { CodeIcon, RefreshIcon, SettingsIcon } from '../ui/icons';
import { showForm } from './run-focus';

/** What brings a request about once more, in the look of the buttons around. */
interface AgainProps {
  sent: SentRun;
  className: string;
  /** Called before another page opens, or this one shows something else. */
  onDone?: () => void;
}

const pageWords = { '/': 'generate', '/edit': 'edit', '/chat': 'chat' } as const;

/** Puts a run's settings, pictures and mask on its page, which it names where that is another one. */
export function UseSettings({ sent, className, onDone }: AgainProps) {
  const t = useTranslations('run');
  const shell = useTranslations('shell');
  const router = useRouter();
  const page = pageOf('run' in sent ? sent.run.endpoint : 'chat');
  const isHere = usePathname() === page;
  const prompt = usePrompt();
  const use = async () => {
    onDone?.();
    if (isHere) {
      await reuseRun(sent);
      return showForm(prompt.current);
    }
    await openPage(() => {
      void reuseRun(sent).then(() => router.push(page));
    });
  };
  return (
    <button
      type="button"
      title={t('useSettingsHint')}
      className={className}
      onClick={() => void use()}
    >
      <SettingsIcon size={14} aria-hidden />
      <span>
        {isHere ? t('useSettings') : t('useSettingsIn', { page: shell(pageWords[page]) })}
      </span>
    </button>
  );
}

/** Sends what a run has sent once more. What the catalogue does not take any more is said. */
export function SameAgain({
  run,
  models,
  className,
  onDone,
}: Omit<AgainProps, 'sent'> & { run: RunEntry; models: readonly Model[] }) {
  const t = useTranslations('run');
  const say = useProblemSentence(models);
  const [problem, setProblem] = useState<ValidationProblem>();
  const spent = useBudgetWords().hindrance(run.asked);
  const repeat = () => {
    if (spent) return;
    const found = repeatRun(run, models).problem;
    setProblem(found);
    if (!found) onDone?.();
  };
  return (
    <>
      {problem && (
        <p
          role="alert"
          data-note
          className="order-first basis-full text-right text-error text-small"
        >
          {say(problem)}
        </p>
      )}
      <button
        type="button"
        title={spent || t('runAgainHint')}
        aria-disabled={spent !== '' || undefined}
        className={className}
        // Ignores the second click of a double click, which would be a second paid request.
        onClick={(event) => event.detail < 2 && repeat()}
      >
        <RefreshIcon size={14} aria-hidden />
        <span>{t('runAgain')}</span>
      </button>
    </>
  );
}

/**
 * Everything that does a request again, for a picture wherever it is looked at.
 * @param models with it a run of the image pages can be sent again
 */
export function DoneAgain({ sent, models, ...look }: AgainProps & { models?: readonly Model[] }) {
  const run = 'run' in sent ? sent.run : undefined;
  if (run?.isFound) return null;
  return (
    <>
      <UseSettings sent={sent} {...look} />
      {run && models && !isInFlight(run) && <SameAgain run={run} models={models} {...look} />}
      <WithCode sent={() => sent}>
        {({ label, open }) => (
          <button type="button" title={label} className={look.className} onClick={open}>
            <CodeIcon size={14} aria-hidden />
            <span>{label}</span>
          </button>
        )}
      </WithCode>
    </>
  );
}
