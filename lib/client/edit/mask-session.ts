import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import {
  createPainter,
  isBrush,
  type PainterEvent,
  type PainterState,
  pendingOperation,
  reducePainter,
  type ToolSettings,
} from '../../core/mask/painter';
import type { Raster } from '../../core/mask/raster';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';
import { connectWorker } from '../browser/worker-rpc';
import type { MaskEvent, MaskWorker } from '../canvas/mask.worker';
import type { MaskFile } from '../canvas/mask-files';
import type { OverlayLook } from '../canvas/overlay';
import type { StageCommands } from '../canvas/stage-pointers';
import { masks } from '../storage/masks';
import { createMaskKeeper } from './mask-keeper';
import { keepPainterSettings, loadPainterSettings } from './painter-settings';

/** What the page shows of a mask that is being painted; it does not change while a pointer moves. */
interface MaskSessionState extends ToolSettings {
  /** What was kept of the mask is there, and it can be painted. */
  isReady: boolean;
  /** Why it can't be painted: no memory, or the painter's worker did not load. */
  problem: 'memory' | 'worker' | null;
  canUndo: boolean;
  canRedo: boolean;
  /** The share of the picture that is painted, from 0 to 1. */
  share: number;
  /** Something is shown that is not kept yet (grow, shrink, feather). */
  isTrying: boolean;
  /** CSS pixels for each pixel of the picture. */
  scale: number;
  look: OverlayLook;
}

/** A mask as it is sent: a PNG of the picture's size, and the painted share of it, from 0 to 1. */
export interface ExportedMask {
  blob: Blob;
  share: number;
}

/** What became of a file that was to be the mask. */
export type ImportedMask =
  | { kind: 'done'; by: 'alpha' | 'lightness' }
  | Exclude<MaskFile, { kind: 'mask' }>;

/** The mask of one picture while somebody works on it. */
export interface MaskSession {
  readonly id: string;
  readonly picture: Blob;
  /** Of the picture as it is shown: after its EXIF orientation. */
  readonly size: Size;
  readonly store: ReturnType<typeof createSessionStore>;
  dispatch(event: PainterEvent): void;
  painter(): PainterState;
  /** Hears of every change, also of each pointer's way. Returns how to stop. */
  onChange(listener: (state: PainterState) => void): () => void;
  /** What a view shows of the mask as it is now. */
  render(asked: { view: View; size: Size }): Promise<Raster>;
  /**
   * The mask exactly as it is on the screen now, a gesture that is under way included.
   * @returns null if nothing is painted
   * @throws Error if the painter can't be used
   */
  exportMask(): Promise<ExportedMask | null>;
  /**
   * Reads a picture file and makes it the mask, as one step that can be undone; one of another size
   * only if it is to be scaled.
   */
  importMask(file: Blob, options: { isScaled: boolean }): Promise<ImportedMask>;
  setLook(look: Partial<OverlayLook>): void;
  /** The size of the brush's ring in pixels of the picture, and whether there is one. */
  cursor(): { brushSize: number; hasRing: boolean };
  /** The stage that shows it, while there is one. */
  stage(): StageCommands | null;
  setStage(stage: StageCommands): () => void;
  /** Lets go of everything. What was painted is kept. */
  close(): void;
}

function createSessionStore(painter: PainterState, look: OverlayLook) {
  return createStore<MaskSessionState>(() => ({
    ...shownOf(painter),
    isReady: false,
    problem: null,
    share: 0,
    scale: 1,
    look,
  }));
}

const settingEvents: readonly PainterEvent['type'][] = [
  'choose-tool',
  'swap',
  'step-brush-size',
  'set-tools',
];

/** Opens the mask of a picture, with what was painted before. */
export function openMaskSession(id: string, picture: Blob, size: Size): MaskSession {
  const settings = loadPainterSettings();
  let painter = createPainter(size, settings.tools);
  const store = createSessionStore(painter, settings.look);
  const listeners = new Set<(state: PainterState) => void>();
  let stage: StageCommands | null = null;
  let branch = 0;
  const keeper = createMaskKeeper(id, masks, () => sessionStorage);
  const closing = new AbortController();
  const worker = connectWorker<MaskWorker>(
    () => new Worker(new URL('../canvas/mask.worker.ts', import.meta.url), { type: 'module' }),
    () => store.setState({ problem: 'worker' }),
  );
  const onEvent = (event: MaskEvent) => {
    if (event.type === 'share') store.setState({ share: event.share });
    // A checkpoint of operations that have been replaced meanwhile is worthless.
    else if (event.branch === branch) void keeper.noteCheckpoint(event.checkpoint);
  };
  const ready = keeper.load().then((kept) => {
    const { operations, position } = kept;
    painter = reducePainter(painter, { type: 'restore', operations, position });
    worker.call('open', { size, ...kept }, { signal: closing.signal, onEvent }).catch(() => {
      // A crash has set its own problem before.
      if (!store.getState().problem) store.setState({ problem: 'memory' });
    });
    store.setState({ ...shownOf(painter), isReady: true });
    for (const listener of listeners) listener(painter);
  });

  const tellWorker = (before: PainterState, after: PainterState) => {
    const { gesture } = after;
    if (after.operations !== before.operations) {
      const from = before.position;
      if (from < before.operations.length) branch++;
      const operations = after.operations.slice(from);
      for (const [index, operation] of operations.entries()) {
        worker.notify('commit', { operation, at: from + index, branch });
      }
      keeper.note({ from, operations, position: after.position });
    } else if (after.position !== before.position) {
      const { position } = after;
      worker.notify('goTo', position);
      keeper.note({ from: after.operations.length, operations: [], position });
    } else if (before.gesture?.kind === 'stroke' && !gesture) {
      worker.notify('discard', undefined);
    }
    if (gesture?.kind !== 'stroke') return;
    const known = before.gesture?.kind === 'stroke' ? before.gesture.points.length : 0;
    const points = gesture.points.slice(known);
    if (points.length > 0) worker.notify('paint', { style: gesture.style, points });
  };

  const keepSettings = () => {
    const { tool, brushSize, hardness, shapeMode, usesPressure } = painter;
    const tools = { tool, brushSize, hardness, shapeMode, usesPressure };
    keepPainterSettings({ tools, look: store.getState().look });
  };

  const dispatch = (event: PainterEvent) => {
    const { isReady, problem } = store.getState();
    if (!settingEvents.includes(event.type) && (!isReady || problem)) return;
    const before = painter;
    painter = reducePainter(before, event);
    if (painter === before) return;
    tellWorker(before, painter);
    if (painter.gesture === null || before.gesture === null) store.setState(shownOf(painter));
    if (settingEvents.includes(event.type)) keepSettings();
    for (const listener of listeners) listener(painter);
  };

  return {
    id,
    picture,
    size,
    store,
    dispatch,
    painter: () => painter,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    render: (asked) => worker.call('render', { ...asked, trial: painter.trial }),
    async exportMask() {
      await ready;
      const { blob, share } = await worker.call('export', { pending: pendingOperation(painter) });
      return blob && { blob, share };
    },
    async importMask(file, { isScaled }) {
      await ready;
      const read = await worker.call('read', { file, isScaled });
      if (read.kind !== 'mask') return read;
      dispatch({ type: 'apply', operation: { kind: 'import', raster: read.raster } });
      return { kind: 'done', by: read.by };
    },
    setLook(look) {
      store.setState(({ look: before }) => ({ look: { ...before, ...look } }));
      keepSettings();
    },
    cursor: () => ({ brushSize: painter.brushSize, hasRing: isBrush(painter.tool) }),
    stage: () => stage,
    setStage(opened) {
      stage = opened;
      return () => {
        if (stage === opened) stage = null;
      };
    },
    close() {
      closing.abort();
      worker.close();
      listeners.clear();
    },
  };
}

/** The part of a painter's state that the page shows. */
function shownOf(painter: PainterState) {
  const { tool, brushSize, hardness, shapeMode, usesPressure } = painter;
  return {
    tool,
    brushSize,
    hardness,
    shapeMode,
    usesPressure,
    canUndo: painter.position > 0 || painter.trial !== null,
    canRedo: painter.position < painter.operations.length,
    isTrying: painter.trial !== null,
  };
}

/** Reads one field of what the page shows of a mask. */
export function useMaskSession<T>(session: MaskSession, select: (state: MaskSessionState) => T): T {
  return useStore(session.store, select);
}
