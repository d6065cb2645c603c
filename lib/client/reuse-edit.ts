import type { RunEntry } from '../core/run-entry';
import { editForm } from './stores/edit-form';

/** Takes an edit's settings and pictures into the form of the Edit page. */
export function reuseEdit(run: RunEntry): void {
  editForm.replace(run.form);
}
