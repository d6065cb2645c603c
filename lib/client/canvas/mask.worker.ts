import type { Checkpoint } from '../../core/mask/checkpoints';
import { createMaskLayer, type MaskLayer } from '../../core/mask/mask-layer';
import { encodeMask } from './encode-mask';
import type { MaskOrder, MaskQuestion, MaskReply } from './mask-messages';
import { readMaskFile } from './read-mask-file';

// Holds one mask at its picture's own size: all that is heavy about it happens here.

let layer: MaskLayer | null = null;
let told: Checkpoint | undefined;
let branch = 0;

self.onmessage = ({ data }: MessageEvent<MaskOrder | MaskQuestion>) => {
  if ('id' in data) void answer(data);
  else carryOut(data);
};

function tell(reply: MaskReply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

function carryOut(order: MaskOrder): void {
  if (order.type === 'open') {
    try {
      layer = createMaskLayer(order.size);
      layer.load(order);
    } catch {
      tell({ type: 'no-memory' });
      return;
    }
  }
  if (!layer) return;
  if (order.type === 'paint') {
    layer.paint(order.style, order.points);
    return;
  }
  if (order.type === 'commit') {
    layer.commit(order.operation, order.at);
    branch = order.branch;
  }
  if (order.type === 'discard') layer.discard();
  if (order.type === 'go-to') layer.goTo(order.position);
  tell({ type: 'share', share: layer.share() });
  const checkpoint = layer.checkpoint();
  if (!checkpoint || checkpoint === told) return;
  told = checkpoint;
  tell({ type: 'checkpoint', checkpoint, branch });
}

async function answer(asked: MaskQuestion): Promise<void> {
  const { id } = asked;
  try {
    if (!layer) throw new Error('There is no mask.');
    if (asked.type === 'render') {
      const shown = layer.render(asked.question);
      tell({ type: 'answer', id, answer: shown }, [shown.data.buffer]);
      return;
    }
    if (asked.type === 'read') {
      const { file, isScaled } = asked.question;
      tell({
        type: 'answer',
        id,
        answer: await readMaskFile({ file, isScaled, size: layer.size }),
      });
      return;
    }
    const made = layer.with(asked.question.pending, encodeMask);
    tell({ type: 'answer', id, answer: await made });
  } catch (error) {
    tell({ type: 'failure', id, message: String(error) });
  }
}
