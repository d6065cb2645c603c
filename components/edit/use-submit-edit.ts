import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { editReferencesStore } from '@/lib/client/edit/edit-references';
import { firstMask } from '@/lib/client/edit/first-mask';
import { startEdit } from '@/lib/client/edit/start-edit';
import { editForm } from '@/lib/client/forms/edit-form';
import { checkEditForm } from '@/lib/core/endpoints/edits/edit-form';
import { formModel } from '@/lib/core/endpoints/image-form';
import type { Model } from '@/lib/core/models/model';
import type { ValidationProblem } from '@/lib/core/validation';
import { useRefusalSentence } from '../controls/refusal-list';

const { endpoint } = editForm;

/**
 * Starts the edit that the page shows at the moment of the click, or says why it can't be.
 * @param onProblem Told the first thing that is wrong with the form; undefined: nothing is.
 */
export function useSubmitEdit(
  models: readonly Model[],
  onProblem: (problem: ValidationProblem | undefined) => void,
) {
  const [preparing, setPreparing] = useState(0);
  const [refused, setRefused] = useState<string>();
  const t = useTranslations('edit');
  const sentence = useRefusalSentence();

  const run = async () => {
    // What is there in this very moment counts, not what was last painted.
    const { form } = editForm.store.getState();
    const { references } = editReferencesStore.getState();
    const mask = firstMask();
    const [first] = checkEditForm(form, models, references.length);
    const model = formModel({ form, models, endpoint });
    onProblem(first);
    if (first || !model) return;
    setRefused(undefined);
    setPreparing((count) => count + 1);
    try {
      const exportMask = async () => (await mask)?.exportMask() ?? null;
      const started = await startEdit({ form, model, references, exportMask });
      if (typeof started !== 'string') setRefused(sentence(started));
    } catch {
      // Where the painter can't be used, it says so itself, beside the picture.
      setRefused(t('notReady'));
    } finally {
      setPreparing((count) => count - 1);
    }
  };
  return {
    run: () => void run(),
    /** The mask and the pictures are being made ready to be sent. */
    isPreparing: preparing > 0,
    /** Why the last one could not be started, in words. */
    refused,
  };
}
