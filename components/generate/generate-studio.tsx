'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later } from '@/lib/client/browser/later';
import { useCatalogue } from '@/lib/client/experiments/catalogue';
import { furtherModels, furtherThan } from '@/lib/client/forms/further-models';
import { generateForm, useImageForm } from '@/lib/client/forms/image-forms';
import { hydrated } from '@/lib/client/storage/draft-storage';
import { checkImageForm, formModel, type ImageForm } from '@/lib/core/endpoints/image-form';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { formOfRun, type RunEntry } from '@/lib/core/runs/run-entry';
import { IdeaList } from '../controls/idea-list';
import { ImageFormPanel } from '../controls/image-form-panel';
import { laterPart, NotLoadedNotice } from '../controls/later-part';
import { PictureHosts } from '../controls/picture-hosts';
import { PromptScope, usePrompt } from '../controls/prompt-scope';
import { useSetWords } from '../controls/words';
import { RecentStrip } from '../runs/recent-strip';
import { RunActionsContext } from '../runs/run-actions';
import { RunListView } from '../runs/run-list';
import { GivenPictures } from './given-pictures';

const { endpoint } = generateForm;
const runs = later(() => import('@/lib/client/runs/image-runs'));
const sets = later(() => import('@/lib/client/experiments/run-set'));
const FurtherModels = laterPart(
  async () => (await import('../controls/further-models')).FurtherModels,
);
const Rows = laterPart(async () => (await import('../runs/run-rows')).RunRows);
const actions = { reuse: (run: RunEntry) => generateForm.replace(formOfRun(run)) };

/** The Generate page: the form, the runs, and the strip of all pictures that are kept. */
export function GenerateStudio({
  models,
  pictureHosts,
  isFirstVisit,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
  isFirstVisit: boolean;
}) {
  useCatalogue(models);
  return (
    <PictureHosts value={pictureHosts}>
      <RunActionsContext value={actions}>
        <PromptScope>
          <div className="flex wide:min-h-0 wide:flex-1 max-wide:flex-[1_0_auto] max-wide:flex-col">
            <GenerateForm models={models} />
            <RunListView
              endpoint={endpoint}
              models={models}
              Rows={Rows}
              empty={<EmptyStage />}
              isFirstVisit={isFirstVisit}
              className="min-w-0 flex-1 wide:overflow-y-auto max-wide:order-1"
            />
            <RecentStrip endpoint={endpoint} />
            <GivenPictures models={models} />
          </div>
        </PromptScope>
      </RunActionsContext>
    </PictureHosts>
  );
}

function GenerateForm({ models }: { models: readonly Model[] }) {
  const t = useTranslations('form');
  useEffect(furtherModels[endpoint].load, []);
  const form = useImageForm(generateForm, (state) => state.form);
  const model = formModel({ form, models, endpoint });
  const severalModels = useSetWords(endpoint, model, models);
  // What was clicked while the code that runs it is still on its way.
  const [starting, setStarting] = useState<ImageForm>();
  if (!model) return <p className="p-4 text-error">{t('noModels')}</p>;
  const start = async (form: ImageForm, model: Model) => {
    setStarting(form);
    const { ids } = furtherModels[endpoint].store.getState();
    const further = furtherThan(model, ids, models).map(({ id }) => id);
    try {
      if (further.length > 0) {
        const { startRunSet } = await sets.get();
        void startRunSet({ form, model, further, endpoint, edit: null, leavesMaskOut: false });
      } else {
        const { startImageRun } = await runs.get();
        startImageRun({ form, model });
      }
    } catch {
      // It is gone from the server; the page says so by itself.
    }
    setStarting(undefined);
  };
  const run = () => {
    // Reads the store and not the render, which may be one keystroke behind.
    const { form: current } = generateForm.store.getState();
    // The click before has not begun yet: one for the same repeats it.
    if (starting === current) return undefined;
    const [problem] = checkImageForm({ form: current, models, endpoint });
    const chosen = formModel({ form: current, models, endpoint });
    if (!problem && chosen) void start(current, chosen);
    return problem;
  };
  return (
    <ImageFormPanel
      store={generateForm}
      models={models}
      model={model}
      problems={checkImageForm({ form, models, endpoint })}
      words={{
        title: t('title'),
        modelCount: t('canGenerate', { count: modelsFor(models, endpoint).length }),
        submit: starting ? t('starting') : (severalModels ?? t('generate')),
      }}
      onRun={run}
      further={
        <FurtherModels endpoint={endpoint} form={form} model={model} models={models} edit={null} />
      }
      aboveButton={<NotLoadedNotice code={runs} />}
    />
  );
}

/** Examples by name, each with a background in its colours. */
const examples = [
  {
    name: 'bear',
    art: 'radial-gradient(90% 60% at 70% 20%, #ffd29b, transparent), linear-gradient(180deg, #2b3a67, #b56576 60%, #355070)',
  },
  {
    name: 'poster',
    art: 'radial-gradient(circle 20px at 66% 34%, #fff3d6 96%, transparent), linear-gradient(168deg, #0f8b8d 52%, #0b5563 52% 70%, #f26b4f 70%)',
  },
  {
    name: 'product',
    art: 'radial-gradient(circle 22px at 46% 50%, #7b8f8a 94%, transparent), linear-gradient(180deg, #ddd4c9 62%, #c3b8ab 62%)',
  },
  {
    name: 'icon',
    art: 'conic-gradient(from 150deg at 50% 22%, #f08a3c 0 30deg, #c9601d 0 60deg, transparent 0), linear-gradient(#f6ecdd, #f6ecdd)',
  },
] as const;

/** What the stage shows before the first run: examples that fill the form. */
function EmptyStage() {
  const t = useTranslations('empty');
  const box = usePrompt();
  return (
    <div className="mx-auto flex max-w-[720px] flex-col justify-center px-5 py-10 wide:min-h-full">
      <h2 className="text-huge font-semibold tracking-tight">{t('title')}</h2>
      <p className="mt-1 text-muted">{t('text')}</p>
      <IdeaList
        ideas={examples.map(({ name, art }) => ({
          name: t(`examples.${name}.name`),
          prompt: t(`examples.${name}.prompt`),
          art,
        }))}
        onChoose={async (prompt) => {
          // The draft would replace what was chosen before it was read.
          await hydrated(generateForm.store);
          const { form } = generateForm.store.getState();
          generateForm.replace({ ...form, prompt });
          box.current?.focus();
        }}
      />
    </div>
  );
}
