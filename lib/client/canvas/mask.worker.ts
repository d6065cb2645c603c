import type { Checkpoint, KeptMask } from '../../core/mask/kept-mask';
import { createMaskLayer, type MaskLayer } from '../../core/mask/mask-layer';
import type { MaskOperation, StrokePoint, StrokeStyle } from '../../core/mask/operations';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';
import { serveWorker, withTransfer } from '../browser/serve-worker';
import type { CallContext } from '../browser/worker-rpc';
import { encodeMask, type MaskFileReading, readMaskFile } from './mask-files';

// Holds one mask at its picture's full size, so that the main thread does none of its heavy work.

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
  /** The mask as a view shows it, with the operation that is being tried, if there is one. */
  render(asked: { view: View; size: Size; trial: MaskOperation | null }) {
    const shown = required().render(asked);
    return withTransfer(shown, [shown.data.buffer]);
  },
  /** The mask as a file, including the operation that is not committed yet; no file if it is empty. */
  export: ({ pending }: { pending: MaskOperation | null }) => required().with(pending, encodeMask),
  /** Reads a picture file as a mask. A file of another size is only read if `isScaled`. */
  read: ({ file, reading }: { file: Blob; reading: MaskFileReading }) =>
    readMaskFile(file, required().size, reading),
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
