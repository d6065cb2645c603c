'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { generateForm } from '@/lib/client/forms/generate-form';
import { useImageForm, useIsDraftReady } from '@/lib/client/forms/use-image-form';
import { earlierPrompts } from '@/lib/client/runs/run-commands';
import { startImageRun } from '@/lib/client/runs/start-image-run';
import { checkImageForm, formModel } from '@/lib/core/endpoints/image-form';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { focusField } from '../controls/focus-field';
import { ImageFormFooter } from '../controls/image-form-footer';
import { ImageOptions } from '../controls/image-options';
import { ModelPicker } from '../controls/model-picker';
import { PromptBox } from '../controls/prompt-box';
import { ReplacedNotice } from '../controls/replaced-notice';
import { useProblemSentence } from '../controls/words';
import { useCommandEnter, useShortcut } from '../ui/keyboard';

const { endpoint } = generateForm;

/** What to make, and the button that makes it. It never locks: several runs may be under way. */
export function GenerateForm({ models }: { models: readonly Model[] }) {
  const t = useTranslations('form');
  const form = useImageForm(generateForm, (state) => state.form);
  const [attempted, setAttempted] = useState(false);
  const panel = useRef<HTMLFormElement>(null);
  const prompt = useRef<HTMLTextAreaElement>(null);
  const say = useProblemSentence(models);
  const isReady = useIsDraftReady(generateForm);
  const model = formModel({ form, models, endpoint });
  const possible = modelsFor(models, endpoint);
  const problems = checkImageForm({ form, models, endpoint });

  const run = () => {
    // Reads the store and not the render, which may be one keystroke behind.
    const { form: current } = generateForm.store.getState();
    const [first] = checkImageForm({ form: current, models, endpoint });
    const chosen = formModel({ form: current, models, endpoint });
    setAttempted(first !== undefined);
    if (first) focusField(panel.current, first.param);
    else if (chosen) startImageRun({ form: current, model: chosen });
  };
  useCommandEnter(run);
  useShortcut('/', () => prompt.current?.focus());

  if (!model) return <p className="p-4 text-error">{t('noModels')}</p>;

  // An empty prompt is no mistake before somebody tries to send it.
  const shown = problems.filter(({ reason }) => reason !== 'prompt_empty' || attempted);
  const promptProblem = shown.find(({ param }) => param === 'prompt');
  return (
    <form
      ref={panel}
      aria-label={t('title')}
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col border-line bg-panel wide:w-[348px] min-[1900px]:w-[400px] wide:shrink-0 wide:border-r max-wide:border-b"
    >
      {/* Until the draft is there, nothing can be entered that it would overwrite. */}
      <fieldset disabled={!isReady} className="contents">
        <div className="flex flex-col gap-4 p-3.5 wide:min-h-0 wide:flex-1 wide:overflow-y-auto wide:[scrollbar-width:thin]">
          <h1 className="sr-only">{t('title')}</h1>
          <ModelPicker
            models={possible}
            model={model}
            aside={t('canGenerate', { count: possible.length })}
            onChoose={(id) => generateForm.change({ model: id })}
          />
          <div>
            <PromptBox
              ref={prompt}
              value={form.prompt}
              max={model.prompt.maxCharacters}
              problem={promptProblem && say(promptProblem)}
              earlier={earlierPrompts}
              onType={(text) => generateForm.change({ prompt: text })}
            />
            <ReplacedNotice store={generateForm} />
          </div>
          <ImageOptions store={generateForm} form={form} model={model} problems={shown} say={say} />
        </div>
        <ImageFormFooter
          form={form}
          model={model}
          endpoint={endpoint}
          label={t('generate')}
          problem={shown[0] && say(shown[0])}
          onShowProblem={() => focusField(panel.current, shown[0]?.param ?? null)}
          onRun={run}
        />
      </fieldset>
    </form>
  );
}
