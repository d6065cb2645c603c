'use client';
import Link from 'next/link';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { later } from '@/lib/client/browser/later';
import { isOutdated } from '@/lib/client/browser/outdated';
import { referenceIntake } from '@/lib/client/edit/edit-intake';
import {
  editReferencesStore,
  putBackReferences,
  useEditReferences,
} from '@/lib/client/edit/edit-references';
import { useFirstMask } from '@/lib/client/edit/first-mask-store';
import { furtherModels, furtherThan } from '@/lib/client/forms/further-models';
import { editForm, useImageForm } from '@/lib/client/forms/image-forms';
import { checkEditForm, formModel, matchingSize, shownSize } from '@/lib/core/endpoints/image-form';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import type { EditSources } from '@/lib/core/runs/run-entry';
import type { ValidationProblem } from '@/lib/core/validation';
import { ImageFormPanel } from '../controls/image-form-panel';
import { laterPart, NotLoadedNotice } from '../controls/later-part';
import { useSetWords } from '../controls/words';
import { maskCode } from './mask-code';
import type { StartProblem } from './not-started';
import { ReferencesPanel } from './references/references-panel';

const { endpoint } = editForm;
const start = later(() => import('@/lib/client/edit/start-edit'));
const FurtherModels = laterPart(
  async () => (await import('../controls/further-models')).FurtherModels,
);
const MaskPanel = laterPart(async () => (await import('./painter/mask-panel')).MaskPanel);
const MaskSummary = laterPart(async () => (await import('./mask-summary')).MaskSummary);
const MatchInput = laterPart(async () => (await import('./match-input')).MatchInput);
const NotStarted = laterPart(async () => (await import('./not-started')).NotStarted);

/** Brings back what the page held before a run's settings were put there. */
const undoReuse = () => {
  editForm.restore();
  putBackReferences();
};

/** The form of the Edit page: what to change, and in which pictures. */
export function EditForm({
  models,
  openPicker,
}: {
  models: readonly Model[];
  /** Receives the function that opens the file picker for references. */
  openPicker: RefObject<(() => void) | null>;
}) {
  const t = useTranslations('edit');
  const form = useImageForm(editForm, (state) => state.form);
  const references = useEditReferences((state) => state.references);
  const session = useFirstMask((state) => state.session);
  const submit = useSubmitEdit(models);
  useEffect(furtherModels[endpoint].load, []);
  const model = formModel({ form, models, endpoint });
  const severalModels = useSetWords(endpoint, model, models);
  if (!model?.references) return <p className="p-4 text-error">{t('noModels')}</p>;
  const [first] = references;
  const input = first && uprightSize(first.header);
  const size = shownSize(form, model);
  const matching = input && matchingSize(model, input);
  const sources: EditSources = {
    references: [...references],
    // It is made when it is sent.
    mask: form.masked ? { hash: '', share: 1 } : null,
    parent: null,
  };
  const changeSize = (next: string) => editForm.changeSize(model, next);
  return (
    <ImageFormPanel
      store={editForm}
      models={models}
      model={model}
      problems={checkEditForm(form, models, references.length)}
      words={{
        title: t('title'),
        modelCount: t('canEdit', { count: modelsFor(models, endpoint).length }),
        submit: submit.isPreparing ? t('preparing') : (severalModels ?? t('submit')),
        placeholder: t('promptPlaceholder'),
      }}
      onRun={submit.run}
      onRestore={undoReuse}
      further={
        <FurtherModels
          endpoint={endpoint}
          form={form}
          model={model}
          models={models}
          edit={sources}
        />
      }
      references={<ReferencesPanel limits={model.references} openPicker={openPicker} />}
      mask={session && <MaskPanel session={session} />}
      belowSize={
        input &&
        matching && <MatchInput input={input} size={matching} chosen={size} onChoose={changeSize} />
      }
      aboveButton={
        <>
          <NotLoadedNotice code={start} />
          {submit.problem && <NotStarted why={submit.problem} />}
          {session && (
            <MaskSummary
              session={session}
              model={model}
              first={first}
              size={size}
              matching={matching}
              onMatch={changeSize}
            />
          )}
        </>
      }
    >
      <OtherModels models={models} />
    </ImageFormPanel>
  );
}

/** Starts the edit that the stores hold at the moment of the click. */
function useSubmitEdit(models: readonly Model[]) {
  const [preparing, setPreparing] = useState(0);
  const [problem, setProblem] = useState<StartProblem>();
  const isWaiting = useRef(false);
  const starting = useRef<readonly unknown[]>([]);

  // What is still being read was chosen before the click, so it goes along. If it is refused, nothing is
  // sent without it.
  const runOnceRead = async () => {
    if (isWaiting.current) return;
    isWaiting.current = true;
    setPreparing((count) => count + 1);
    const areAllTaken = await referenceIntake.settled();
    isWaiting.current = false;
    setPreparing((count) => count - 1);
    if (areAllTaken) run();
  };
  const run = (): ValidationProblem | undefined => {
    if (referenceIntake.store.getState().pending.length > 0) {
      void runOnceRead();
      return undefined;
    }
    // Reads the stores and not the render, which may be one keystroke behind.
    const { form } = editForm.store.getState();
    const { references } = editReferencesStore.getState();
    const model = formModel({ form, models, endpoint });
    const [mistake] = checkEditForm(form, models, references.length);
    if (mistake || !model) return mistake;
    // The click before has not begun yet, as its code is still on its way: one for the same repeats it.
    const isSame = starting.current[0] === form && starting.current[1] === references;
    if (isSame && typeof start.found() !== 'object') return undefined;
    starting.current = [form, references];
    const { ids, leavesMaskOut } = furtherModels[endpoint].store.getState();
    const further = furtherThan(model, ids, models);
    const mask = maskCode.get().then(({ firstMask }) => firstMask());
    // Who exports it gets the error.
    mask.catch(() => {});
    const exportMask = async () => (await mask)?.exportMask() ?? null;
    setProblem(undefined);
    setPreparing((count) => count + 1);
    start
      .get()
      .then(({ startEdit }) =>
        startEdit({ form, model, further, leavesMaskOut, references, exportMask }),
      )
      .then(
        (started) => typeof started !== 'string' && setProblem(started),
        // Of an older version the page says so by itself.
        () => isOutdated() || setProblem('notReady'),
      )
      .finally(() => setPreparing((count) => count - 1));
    return undefined;
  };
  return {
    run,
    /** Masks and pictures of at least one edit are being prepared. */
    isPreparing: preparing > 0,
    /** Why the last edit was not started. */
    problem,
  };
}

// The page of each other endpoint, for the models that cannot edit.
const pages = [
  { endpoint: 'generations', href: '/' },
  { endpoint: 'chat', href: '/chat' },
] as const;

/** Names the models that cannot edit, and links the pages that use them. */
function OtherModels({ models }: { models: readonly Model[] }) {
  const t = useTranslations('edit');
  const locale = useLocale();
  const others = models.filter(({ endpoints }) => !endpoints.includes('edits'));
  return pages.map(({ endpoint, href }) => {
    const there = others.filter(({ endpoints }) => endpoints.includes(endpoint));
    if (there.length === 0) return null;
    const names = there.map(({ label }) => label[locale]).join(locale === 'zh' ? '、' : ', ');
    return (
      <p key={endpoint} className="mt-1.5 text-small text-muted">
        {t('cannotEdit', { models: names })}
        <Link href={href} className="text-accent-ink underline underline-offset-2">
          {t(`onPage.${endpoint}`)}
        </Link>
      </p>
    );
  });
}
