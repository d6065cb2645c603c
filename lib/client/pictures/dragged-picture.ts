import { type Attachment, readReferences } from '../../core/references/reference';
import type { RunPlace } from '../../core/runs/run-entry';

/** A stored picture, by its hash, and the run that it came from. */
export type KeptPicture = Omit<Attachment, 'id'> & { parent: RunPlace | null };

const type = 'application/x-turing-picture';

/** Lets a stored picture be dropped on any page that takes pictures, in this tab or another. */
export function dragPicture(data: DataTransfer | null, picture: KeptPicture): void {
  data?.setData(type, JSON.stringify(picture));
}

/** Whether a stored picture is dragged. Until it is dropped, no more of it can be read. */
export function isPictureDragged(data: DataTransfer | null): boolean {
  return data?.types.includes(type) === true;
}

/** The picture that was dropped; undefined if another page has written something else. */
export function droppedPicture(data: DataTransfer | null): KeptPicture | undefined {
  try {
    const kept = JSON.parse(data?.getData(type) ?? '');
    const [found] = readReferences([{ ...kept, id: '', maskId: '' }]);
    if (!found) return undefined;
    const { id: _id, maskId: _maskId, ...picture } = found;
    return picture;
  } catch {
    return undefined;
  }
}
