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
import type { MaskReading } from '../../core/mask/picture-mask';
import type { Raster } from '../../core/mask/raster';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';
import { connectWorker } from '../browser/worker-rpc';
import type { MaskEvent, MaskWorker } from '../canvas/mask.worker';
import type { MaskFile, MaskFileReading } from '../canvas/mask-files';
import type { OverlayLook } from '../canvas/overlay';
import type { StageCommands } from '../canvas/stage-pointers';
import { masks } from '../storage/masks';
import { createMaskKeeper } from './mask-keeper';
import { keepPainterSettings, loadPainterSettings } from './painter-settings';

/** What React shows of a mask. It does not change while a pointer moves. */
interface MaskSessionState extends ToolSettings {
  /** The saved mask is loaded, so it can be painted. */
  isReady: boolean;
  /** Why it cannot be painted: there is no memory, or the worker has failed. */
  problem: 'memory' | 'worker' | null;
  canUndo: boolean;
  canRedo: boolean;
  /** The share of the picture that is painted, from 0 to 1. */
  share: number;
  /** An operation (grow, shrink, feather) is shown and not applied yet. */
  isTrying: boolean;
  /** CSS pixels per pixel of the picture. */
  scale: number;
  look: OverlayLook;
}

/** A mask as it is sent: a PNG of the picture's size, and the painted share of it, from 0 to 1. */
export interface ExportedMask {
  blob: Blob;
  share: number;
}

/** The outcome of importing a file as the mask. */
export type ImportedMask =
  | { kind: 'done'; by: MaskReading; isAmbiguous: boolean; isSoft: boolean }
  | Exclude<MaskFile, { kind: 'mask' }>;

/** The open mask of one picture. */
export interface MaskSession {
  readonly id: string;
  readonly picture: Blob;
  /** The picture's size after its EXIF orientation is applied. */
  readonly size: Size;
  readonly store: ReturnType<typeof createSessionStore>;
  /** Settles once what was painted before is there. Until then nothing can be painted. */
  readonly ready: Promise<void>;
  dispatch(event: PainterEvent): void;
  painter(): PainterState;
  /** Listens to every change, also those while a pointer moves. Returns how to stop. */
  onChange(listener: (state: PainterState) => void): () => void;
  /** Renders the mask as a view shows it now. */
  render(asked: { view: View; size: Size }): Promise<Raster>;
  /**
   * The mask exactly as it is on the screen, including a gesture in progress.
   * @returns null if nothing is painted
   * @throws Error if the painter cannot be used
   */
  exportMask(): Promise<ExportedMask | null>;
  /**
   * Reads a picture file and makes it the mask, as one step that can be undone. A file of another size is
   * only taken if `isScaled`.
   */
  importMask(file: Blob, reading: MaskFileReading): Promise<ImportedMask>;
  setLook(look: Partial<OverlayLook>): void;
  /** The diameter of the brush's ring in pixels of the picture, and whether the tool has one. */
  cursor(): { brushSize: number; hasRing: boolean };
  /** The stage that shows the mask, if there is one. */
  stage(): StageCommands | null;
  setStage(stage: StageCommands): () => void;
  /** Ends the worker. What was painted is saved. */
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

/** Opens the mask of a picture and loads what was painted before. */
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
      // A crash has already set its problem.
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
    ready,
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
    async importMask(file, reading) {
      await ready;
      const read = await worker.call('read', { file, reading });
      if (read.kind !== 'mask') return read;
      const { raster, ...found } = read;
      dispatch({ type: 'apply', operation: { kind: 'import', raster } });
      return { ...found, kind: 'done' };
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

/** The part of the painter's state that React shows. */
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

/** Reads one field of a session's store. */
export function useMaskSession<T>(session: MaskSession, select: (state: MaskSessionState) => T): T {
  return useStore(session.store, select);
}
