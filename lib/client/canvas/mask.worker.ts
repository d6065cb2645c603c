import type { Checkpoint, KeptMask } from '../../core/mask/kept-mask';
import { createMaskLayer, type MaskLayer } from '../../core/mask/mask-layer';
import type { MaskOperation, StrokePoint, StrokeStyle } from '../../core/mask/operations';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';
import { type CallContext, serveWorker, withTransfer } from '../browser/worker-rpc';
import { encodeMask, readMaskFile } from './mask-files';

// Holds one mask at its picture's own size, and does everything that is heavy about it.

/** What the worker reports of its mask while it is open. */
export type MaskEvent =
  | { type: 'share'; share: number }
  /** A compressed raster of the mask, worth storing with its operations. */
  | { type: 'checkpoint'; checkpoint: Checkpoint; branch: number };

let layer: MaskLayer | null = null;
let emit: (event: MaskEvent) => void = () => {};
let reported: Checkpoint | undefined;
let branch = 0;

const methods = {
  /**
   * Opens the mask. Settles when the call is aborted.
   * @throws where there is no memory for the mask
   */
  open(
    { size, ...kept }: { size: Size } & KeptMask,
    context: CallContext<MaskEvent>,
  ): Promise<void> {
    layer = createMaskLayer(size);
    layer.load(kept);
    emit = context.emit;
    report();
    return new Promise((resolve) => context.signal.addEventListener('abort', () => resolve()));
  },
  paint({ style, points }: { style: StrokeStyle; points: readonly StrokePoint[] }): void {
    layer?.paint(style, points);
  },
  /** @param branch tells a sequence of operations from one that has replaced it after an undo */
  commit(committed: { operation: MaskOperation; at: number; branch: number }): void {
    layer?.commit(committed.operation, committed.at);
    branch = committed.branch;
    report();
  },
  discard(): void {
    layer?.discard();
    report();
  },
  goTo(position: number): void {
    layer?.goTo(position);
    report();
  },
  /** What a view shows, with an operation that is only tried out. */
  render(asked: { view: View; size: Size; trial: MaskOperation | null }) {
    const shown = required().render(asked);
    return withTransfer(shown, [shown.data.buffer]);
  },
  /** The mask as a file, with what is not committed yet; no file if nothing is painted. */
  export: ({ pending }: { pending: MaskOperation | null }) => required().with(pending, encodeMask),
  /** A picture file as a mask; one of another size only if it is to be scaled. */
  read: (asked: { file: Blob; isScaled: boolean }) =>
    readMaskFile({ ...asked, size: required().size }),
};
export type MaskWorker = typeof methods;
serveWorker(methods);

function required(): MaskLayer {
  if (!layer) throw new Error('There is no mask.');
  return layer;
}

function report(): void {
  if (!layer) return;
  emit({ type: 'share', share: layer.share() });
  const checkpoint = layer.checkpoint();
  if (!checkpoint || checkpoint === reported) return;
  reported = checkpoint;
  emit({ type: 'checkpoint', checkpoint, branch });
}
