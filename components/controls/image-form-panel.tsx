'use client';
import { type ComponentProps, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later } from '@/lib/client/browser/later';
import { useFurtherModels } from '@/lib/client/forms/further-models';
import { type ImageFormStore, useImageForm, useIsDraftReady } from '@/lib/client/forms/image-forms';
import { useExpectedDuration } from '@/lib/client/runs/expected-duration';
import { formRequest, shownSize } from '@/lib/core/endpoints/image-form';
import { askedPictures } from '@/lib/core/endpoints/image-request';
import { findModel, modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { kindOfRun } from '@/lib/core/runs/run-estimate';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatExpected, formatSizeForPeople } from '@/lib/i18n/formats';
import { Button } from '../ui/button';
import { useEarlyChoices } from '../ui/hydrated';
import { UndoIcon } from '../ui/icons';
import { Keys, useCommandEnter, useCommandKey, useShortcut } from '../ui/keyboard';
import { ImageOptions } from './image-options';
import { ModelChanges } from './model-changes';
import { ModelPicker } from './model-picker';
import { PromptBox } from './prompt-box';
import { usePrompt, useWantedPrompt } from './prompt-scope';
import { BudgetLine, useBudgetWords, WaitingLine } from './sharing-words';
import { useOptionWords, useProblemSentence } from './words';

const prompts = later(() => import('@/lib/client/runs/earlier-prompts'));
const earlierPrompts = async () => (await prompts.get()).earlierPrompts();

// Fields that are still empty are an error only once somebody has tried to send the form.
const reportedAfterAttempt = ['prompt_empty', 'missing_image'];

/**
 * The form of a page that makes images: model, prompt, size and options, and the button that starts
 * a run. It never locks, since several runs may be in flight.
 */
export function ImageFormPanel({
  store,
  models,
  model,
  problems,
  words,
  onRun,
  onRestore,
  references,
  further,
  mask,
  belowSize,
  aboveButton,
  children,
}: {
  store: ImageFormStore;
  models: readonly Model[];
  model: Model;
  /** Everything that keeps the form from being sent, most basic first. */
  problems: readonly ValidationProblem[];
  words: { title: string; modelCount: string; submit: string; placeholder?: string };
  /** Starts a run. @returns the first problem, if that kept the run from starting */
  onRun: () => ValidationProblem | undefined;
  /** Brings back what was replaced, where that is more than the form. */
  onRestore?: () => void;
  references?: ReactNode;
  /** Below the models: to which others the form is sent. */
  further?: ReactNode;
  mask?: ReactNode;
  belowSize?: ReactNode;
  aboveButton?: ReactNode;
  /** Shown below the options. */
  children?: ReactNode;
}) {
  const edit = useTranslations('edit');
  const form = useImageForm(store, (state) => state.form);
  const sentence = useProblemSentence(models);
  const [isAttempted, setAttempted] = useState(false);
  const panel = useRef<HTMLFormElement>(null);
  const prompt = usePrompt();
  useEarlyChoices(panel);
  const run = () => {
    // The kept draft may hold what the run lacks.
    if (!store.store.persist.hasHydrated() || spent) return;
    const problem = onRun();
    setAttempted(problem !== undefined);
    focusField(panel.current, problem?.param);
  };
  useCommandEnter(run);
  useShortcut('/', () => prompt.current?.focus());

  const say = (problem: ValidationProblem) =>
    problem.reason === 'missing_image' ? edit('addPicture') : sentence(problem);
  const shown = problems.filter(
    ({ reason }) => isAttempted || !reportedAfterAttempt.includes(reason),
  );
  const pictures = useFurtherModels(store.endpoint, (state) => state.pictures);
  const asked =
    pictures || askedPictures(formRequest({ form, model, endpoint: store.endpoint })).count;
  const spent = useBudgetWords().hindrance(asked);
  const spentId = useId();
  const promptProblem = shown.find(({ param }) => param === 'prompt');
  return (
    <Form
      store={store}
      ref={panel}
      aria-label={words.title}
      // A browser would fill in what stood in the same place before a reload; the draft knows better.
      autoComplete="off"
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col border-line bg-panel wide:w-[348px] min-[1900px]:w-[400px] wide:shrink-0 wide:border-r max-wide:contents"
    >
      <div className="relative flex flex-col gap-4 border-line bg-panel p-3.5 wide:min-h-0 wide:flex-1 wide:overflow-y-auto wide:[scrollbar-width:thin] max-wide:border-b">
        <h1 className="sr-only">{words.title}</h1>
        <div>
          <PromptBox
            value={form.prompt}
            max={model.prompt.maxCharacters}
            problem={promptProblem && say(promptProblem)}
            placeholder={words.placeholder}
            earlier={earlierPrompts}
            onType={(text) => store.change({ prompt: text })}
            onEarly={store.takeEarlyPrompt}
          />
          <ReplacedNotice store={store} onRestore={onRestore ?? store.restore} />
        </div>
        {references && <div data-param="image">{references}</div>}
        <div>
          <ModelPicker
            models={modelsFor(models, store.endpoint)}
            model={model}
            chosen={form.model}
            aside={words.modelCount}
            onChoose={(id) => {
              const next = findModel(models, id);
              if (next) store.changeModel(model, next);
            }}
          />
          <ModelChanges store={store} />
          {/* Its line has its place before its code is there: nothing moves when that comes. */}
          {further && <div className="min-h-8 touch:min-h-10">{further}</div>}
        </div>
        {mask}
        <ImageOptions
          store={store}
          form={form}
          model={model}
          problems={shown}
          say={say}
          belowSize={belowSize}
        />
        {children}
      </div>
      {/* On narrow screens it stands below everything, and sticks to the window's edge. */}
      <div className="border-t border-line bg-panel px-3.5 py-3 max-wide:sticky max-wide:bottom-0 max-wide:z-10 max-wide:order-2 max-wide:pb-[max(12px,env(safe-area-inset-bottom))] [@media(max-height:500px)]:py-1.5">
        {aboveButton}
        <p className="mb-2 flex justify-between [@media(max-height:500px)]:hidden gap-3 text-small text-muted">
          {spent ? (
            <span id={spentId} role="status" className="text-error">
              {spent}
            </span>
          ) : shown[0] ? (
            <button
              type="button"
              className="truncate text-left text-error underline underline-offset-2 touch:-my-3"
              onClick={() => focusField(panel.current, shown[0]?.param)}
            >
              {say(shown[0])}
            </button>
          ) : (
            <RequestSummary store={store} model={model} />
          )}
        </p>
        <WaitingLine />
        <BudgetLine className="mb-2" />
        <RunButton
          store={store}
          why={spent || undefined}
          aria-describedby={spent ? spentId : undefined}
          // Ignores the second click of a double click, which would be a second paid request.
          onClick={(event) => event.detail < 2 && run()}
        >
          {words.submit}
        </RunButton>
      </div>
    </Form>
  );
}

// What waits for the draft stands alone, so that the fields are not rendered once more when it is read.

function Form({ store, ...rest }: ComponentProps<'form'> & { store: ImageFormStore }) {
  const isReady = useIsDraftReady(store);
  useWantedPrompt(store.endpoint, isReady);
  return <form aria-busy={!isReady} {...rest} />;
}

function RunButton({
  store,
  children,
  ...rest
}: ComponentProps<typeof Button> & { store: ImageFormStore }) {
  const isReady = useIsDraftReady(store);
  const command = useCommandKey();
  return (
    <Button look="primary" data-testid="submit" disabled={!isReady} className="w-full" {...rest}>
      {children}
      <span aria-hidden className="max-wide:hidden">
        <Keys keys={[command, '↵']} />
      </span>
    </Button>
  );
}

/** Number, expected duration, size and quality of the pictures that the next run asks for. */
function RequestSummary({ store, model }: { store: ImageFormStore; model: Model }) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const form = useImageForm(store, (state) => state.form);
  const { endpoint } = store;
  const request = formRequest({ form, model, endpoint });
  const { count, isUpperBound } = askedPictures(request);
  const expectedMs = useExpectedDuration(kindOfRun(endpoint, request));
  const set = useTranslations('set');
  const pictures = useFurtherModels(endpoint, (state) => state.pictures);
  const size = shownSize(form, model);
  const { quality } = request;
  if (pictures > 0) return <span>{set('pictures', { count: pictures })}</span>;
  return (
    <>
      <span className="whitespace-nowrap">
        {t(isUpperBound ? 'summaryUpTo' : 'summaryPictures', { count })}
        {expectedMs !== undefined && ` · ${t('summaryTime', { time: formatExpected(expectedMs) })}`}
      </span>
      <span className="truncate">
        {size === 'auto' ? (
          t('auto')
        ) : (
          <span className="font-mono">{formatSizeForPeople(size)}</span>
        )}
        {typeof quality === 'string' && ` · ${words.value('quality', quality)}`}
      </span>
    </>
  );
}

/** Offers to undo after the form was filled from a run or an example. */
function ReplacedNotice({ store, onRestore }: { store: ImageFormStore; onRestore: () => void }) {
  const t = useTranslations('form');
  const prompt = usePrompt();
  const replaced = useImageForm(store, (state) => state.replaced);
  return (
    <p role="status" className="text-small text-muted">
      {replaced && (
        <span className="mt-1.5 flex items-center justify-between gap-2">
          {t('replaced')}
          <Button
            look="quiet"
            className="-my-1 text-accent-ink"
            onClick={() => {
              onRestore();
              // The focused button goes away with the notice.
              prompt.current?.focus();
            }}
          >
            <UndoIcon size={13} aria-hidden />
            {t('bringBack')}
          </Button>
        </span>
      )}
    </p>
  );
}

/** Moves the focus to the field of a parameter, and opens the section that hides it. */
function focusField(form: HTMLElement | null, param: string | null | undefined): void {
  const field = param && form?.querySelector(`[data-param="${CSS.escape(param)}"]`);
  if (!field) return;
  const section = field.closest('details');
  if (section) section.open = true;
  const control =
    field.querySelector<HTMLElement>('[aria-invalid]') ??
    field.querySelector<HTMLElement>(
      'textarea, select, input:checked, input:not([type=radio], [type=file]), button',
    );
  control?.focus();
}
