'use client';
import { useContext } from 'react';
import { editFirst } from '@/lib/client/edit/edit-next';
import { editForm } from '@/lib/client/forms/edit-form';
import { matchingSize } from '@/lib/core/endpoints/edits/edit-form';
import { formModel } from '@/lib/core/endpoints/image-form';
import type { Size } from '@/lib/core/sizes/sizes';
import type { RunPictureProps } from '../runs/run-actions';
import { showForm } from '../runs/run-focus';
import { EditResultTools } from './compare/edit-result-tools';
import { EditModelsContext } from './edit-models';

const { endpoint } = editForm;

/** What can be done with a picture that an edit made, below it. */
export function EditResult({ run, index }: RunPictureProps) {
  const models = useContext(EditModelsContext);
  const matchInputSize = (original: Size) => {
    const model = formModel({ form: editForm.store.getState().form, models, endpoint });
    const size = model && matchingSize(model, original);
    if (size) editForm.changeSize(model, size);
    showForm();
  };
  return (
    <EditResultTools
      run={run}
      index={index}
      onUse={(picture, { keepsMask }) =>
        editFirst(picture, { mask: (keepsMask && run.edit?.mask?.hash) || null })
      }
      onMatchInputSize={matchInputSize}
    />
  );
}
