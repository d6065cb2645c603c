'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { undoReuseEdit } from '@/lib/client/edit/reuse-edit';
import { useEditReferences } from '@/lib/client/edit/use-edit-references';
import { useFirstMask } from '@/lib/client/edit/use-first-mask';
import { editForm } from '@/lib/client/forms/edit-form';
import { useImageForm, useIsDraftReady } from '@/lib/client/forms/use-image-form';
import { earlierPrompts } from '@/lib/client/runs/run-commands';
import { checkEditForm } from '@/lib/core/endpoints/edits/edit-form';
import { formModel, shownSize } from '@/lib/core/endpoints/image-form';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { uprightSize } from '@/lib/core/pictures/picture-facts';
import type { ValidationProblem } from '@/lib/core/validation';
import { focusField } from '../controls/focus-field';
import { ImageFormFooter } from '../controls/image-form-footer';
import { ImageOptions } from '../controls/image-options';
import { ModelPicker } from '../controls/model-picker';
import { PromptBox } from '../controls/prompt-box';
import { ReplacedNotice } from '../controls/replaced-notice';
import { useProblemSentence } from '../controls/words';
import { useCommandEnter, useShortcut } from '../ui/keyboard';
import { MaskSummary } from './mask-summary';
import { MatchInput } from './match-input';
import { OtherModels } from './other-models';
import { MaskPanel } from './painter/mask-panel';
import { ReferencesPanel } from './references/references-panel';
import { useSubmitEdit } from './use-submit-edit';

const { endpoint } = editForm;

/** What to change, in which pictures, and the button that does it. It never locks. */
export function EditForm({ models }: { models: readonly Model[] }) {
  const t = useTranslations('edit');
  const form = useImageForm(editForm, (state) => state.form);
  const references = useEditReferences((state) => state.references);
  const session = useFirstMask((state) => state.session);
  const [attempted, setAttempted] = useState(false);
  const panel = useRef<HTMLFormElement>(null);
  const prompt = useRef<HTMLTextAreaElement>(null);
  const sentence = useProblemSentence(models);
  const isReady = useIsDraftReady(editForm);
  const submit = useSubmitEdit(models, (problem) => {
    setAttempted(problem !== undefined);
    if (problem) show(problem);
  });
  useCommandEnter(submit.run);
  useShortcut('/', () => prompt.current?.focus());
  const model = formModel({ form, models, endpoint });
  const [first] = references;

  if (!model?.references) return <p className="p-4 text-error">{t('noModels')}</p>;

  const possible = modelsFor(models, endpoint);
  const say = (problem: ValidationProblem) =>
    problem.reason === 'missing_image' ? t('addPicture') : sentence(problem);
  const show = (problem: ValidationProblem | undefined) => {
    const place = problem?.param === 'image' ? '[data-param=image] button' : undefined;
    if (place) panel.current?.querySelector<HTMLElement>(place)?.focus();
    else focusField(panel.current, problem?.param ?? null);
  };
  // What is not there yet is no mistake before somebody tries to send it.
  const shown = checkEditForm(form, models, references.length).filter(
    ({ reason }) => attempted || (reason !== 'prompt_empty' && reason !== 'missing_image'),
  );
  const promptProblem = shown.find(({ param }) => param === 'prompt');
  const input = first && uprightSize(first.header);
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
          <div>
            <ModelPicker
              models={possible}
              model={model}
              aside={t('canEdit', { count: possible.length })}
              onChoose={(id) => editForm.change({ model: id })}
            />
          </div>
          <div data-param="image">
            <ReferencesPanel limits={model.references} />
          </div>
          <div>
            <PromptBox
              ref={prompt}
              value={form.prompt}
              max={model.prompt.maxCharacters}
              problem={promptProblem && say(promptProblem)}
              placeholder={t('promptPlaceholder')}
              earlier={earlierPrompts}
              onType={(text) => editForm.change({ prompt: text })}
            />
            <ReplacedNotice store={editForm} onRestore={undoReuseEdit} />
          </div>
          {session && <MaskPanel session={session} />}
          <ImageOptions
            store={editForm}
            form={form}
            model={model}
            problems={shown}
            say={say}
            belowSize={
              input && (
                <MatchInput
                  model={model}
                  input={input}
                  chosen={shownSize(form, model)}
                  onChoose={(next) => editForm.changeSize(model, next)}
                />
              )
            }
          />
          <OtherModels models={models} />
        </div>
        <ImageFormFooter
          form={form}
          model={model}
          endpoint={endpoint}
          label={submit.isPreparing ? t('preparing') : t('submit')}
          problem={shown[0] && say(shown[0])}
          onShowProblem={() => show(shown[0])}
          onRun={submit.run}
        >
          {submit.refused && (
            <p role="alert" data-testid="problem" className="mb-2 text-small text-error">
              {t('notStarted', { why: submit.refused })}
            </p>
          )}
          {session && <MaskSummary session={session} model={model} first={first} />}
        </ImageFormFooter>
      </fieldset>
    </form>
  );
}
