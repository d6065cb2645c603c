'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { earlierPrompts } from '@/lib/client/kept-runs';
import { startGeneration } from '@/lib/client/start-generation';
import {
  changeForm,
  changeOption,
  changeSize,
  generateFormStore,
} from '@/lib/client/stores/generate-form';
import { useGenerateForm, useIsDraftReady } from '@/lib/client/stores/use-generate-form';
import {
  checkGenerationForm,
  formModel,
  shownOptions,
  shownSize,
  shownValue,
} from '@/lib/core/endpoints/generation-form';
import type { Model } from '@/lib/core/models/model';
import { modelsFor } from '@/lib/core/models/questions';
import { CountField } from '../controls/count-field';
import { ModelPicker } from '../controls/model-picker';
import { PromptBox } from '../controls/prompt-box';
import { SizePicker } from '../controls/size-picker';
import { useProblemSentence } from '../controls/use-problem-sentence';
import { useShortcut } from '../ui/use-shortcut';
import { focusField } from './focus-field';
import { GenerateFooter } from './generate-footer';
import { OptionList } from './option-list';
import { ReplacedNotice } from './replaced-notice';
import { useCommandEnter } from './use-command-enter';

/** What to make, and the button that makes it. It never locks: several runs may be under way. */
export function GenerateForm({ models }: { models: readonly Model[] }) {
  const t = useTranslations('form');
  const form = useGenerateForm((state) => state.form);
  const [attempted, setAttempted] = useState(false);
  const panel = useRef<HTMLFormElement>(null);
  const prompt = useRef<HTMLTextAreaElement>(null);
  const say = useProblemSentence(models);
  const isReady = useIsDraftReady();
  const model = formModel(form, models);
  const problems = checkGenerationForm(form, models);

  const run = () => {
    // What is typed in this very moment counts, not what was last painted.
    const { form: current } = generateFormStore.getState();
    const [first] = checkGenerationForm(current, models);
    const chosen = formModel(current, models);
    setAttempted(first !== undefined);
    if (first) focusField(panel.current, first.param);
    else if (chosen) startGeneration(current, chosen);
  };
  useCommandEnter(run);
  useShortcut('/', () => prompt.current?.focus());

  if (!model) return <p className="p-4 text-error">{t('noModels')}</p>;

  // An empty prompt is no mistake before somebody tries to send it.
  const shown = problems.filter(({ reason }) => reason !== 'prompt_empty' || attempted);
  const problemOf = (param: string) => shown.find((found) => found.param === param);
  const sentenceOf = (param: string) => {
    const found = problemOf(param);
    return found && say(found);
  };
  const options = shownOptions(form, model);
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
            models={modelsFor(models, 'generations')}
            model={model}
            onChoose={(id) => changeForm({ model: id })}
          />
          <div>
            <PromptBox
              ref={prompt}
              value={form.prompt}
              max={model.prompt.maxCharacters}
              problem={sentenceOf('prompt')}
              earlier={earlierPrompts}
              onType={(text) => changeForm({ prompt: text })}
            />
            <ReplacedNotice />
          </div>
          <SizePicker
            model={model}
            size={shownSize(form, model)}
            problem={problemOf('size')}
            say={say}
            onChange={(size) => changeSize(model, size)}
          />
          <OptionList
            options={options}
            shownValueOf={(option) => shownValue(form, option)}
            problemOf={sentenceOf}
            onChange={(option, value) => changeOption(model, option, value)}
          >
            {model.count && (
              <CountField
                value={form.count}
                limits={model.count}
                problem={sentenceOf('n')}
                onChange={(text) => changeForm({ count: text })}
              />
            )}
          </OptionList>
        </div>
        <GenerateFooter
          form={form}
          model={model}
          problem={shown[0] && say(shown[0])}
          onShowProblem={() => focusField(panel.current, shown[0]?.param ?? null)}
          onRun={run}
        />
      </fieldset>
    </form>
  );
}
