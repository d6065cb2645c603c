'use client';
import { editNext, reuseEdit } from '@/lib/client/edit/edit-from-run';
import { RunActionsContext } from '../runs/run-actions';
import { RunRows, type RunRowsProps } from '../runs/run-rows';
import { EditModelsContext, EditResult, ShownComposite } from './edit-result';

const actions = {
  reuse: reuseEdit,
  editNext,
  PictureTools: EditResult,
  Substitute: ShownComposite,
};

/** The runs of the Edit page, with what can be done with an edit's pictures. */
export function EditRows(props: RunRowsProps) {
  return (
    <EditModelsContext value={props.models}>
      <RunActionsContext value={actions}>
        <RunRows {...props} />
      </RunActionsContext>
    </EditModelsContext>
  );
}
