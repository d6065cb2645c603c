import type { Size } from '../sizes/sizes';
import {
  clampBrushSize,
  type Gesture,
  gestureOperation,
  squareCorner,
  stepBrushSize,
} from './gesture';
import type { MaskOperation, StrokePoint } from './operations';
import { type ImagePoint, imagePoint } from './operations';
import type { PaintMode } from './raster';

export type Tool = 'brush' | 'erase' | 'rectangle' | 'lasso';

/** The settings of the tools, which are kept when the mask changes. */
export interface ToolSettings {
  tool: Tool;
  /** The brush's diameter in pixels of the picture. */
  brushSize: number;
  /** From 0 (soft) to 1 (sharp). */
  hardness: number;
  /** Whether rectangle and lasso paint or erase. */
  shapeMode: PaintMode;
  /** Whether a pen that is pressed less paints thinner. */
  usesPressure: boolean;
}

/** The painter's state: tools, operations so far, and the gesture in progress. */
export interface PainterState extends ToolSettings {
  readonly picture: Size;
  readonly operations: readonly MaskOperation[];
  /** How many of the operations count; those after were taken back and can come again. */
  readonly position: number;
  readonly gesture: Gesture | null;
  /** An operation that is shown but not kept yet. */
  readonly trial: MaskOperation | null;
}

/** A sample of a pointer; pressure from 0 to 1, from pens only. */
export interface PointerSample {
  point: ImagePoint;
  pressure?: number;
}

export type PainterEvent =
  | ({
      type: 'pointer-down';
      /** The pen's eraser, or a key that turns a tool round. */
      isEraser?: boolean;
      /** Draw straight from where the last stroke ended. */
      isStraight?: boolean;
    } & PointerSample)
  | { type: 'pointer-move'; samples: readonly PointerSample[]; isSquare?: boolean }
  | { type: 'pointer-up' }
  | { type: 'pointer-cancel' }
  | { type: 'choose-tool'; tool: Tool }
  | { type: 'swap' }
  | { type: 'step-brush-size'; direction: 1 | -1 }
  | { type: 'set-tools'; settings: Partial<ToolSettings> }
  | { type: 'apply'; operation: MaskOperation }
  | { type: 'try'; operation: MaskOperation | null }
  | { type: 'keep-trial' }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'restore'; operations: readonly MaskOperation[]; position: number };

export const defaultTools: ToolSettings = {
  tool: 'brush',
  brushSize: 100,
  hardness: 1,
  shapeMode: 'add',
  usesPressure: true,
};

/** The initial state: nothing is painted. */
export function createPainter(picture: Size, tools: ToolSettings = defaultTools): PainterState {
  return { ...tools, picture, operations: [], position: 0, gesture: null, trial: null };
}

/**
 * The painter's state after an event. A gesture becomes one operation, so one step of undo. An
 * operation that is tried out is applied by the next event, so that nothing vanishes unasked.
 */
export function reducePainter(state: PainterState, event: PainterEvent): PainterState {
  switch (event.type) {
    case 'pointer-down':
      return { ...keepTrial(state), gesture: beginGesture(state, event) };
    case 'pointer-move':
      return state.gesture ? { ...state, gesture: continueGesture(state, event) } : state;
    case 'pointer-up': {
      const operation = state.gesture && gestureOperation(state.gesture, state.picture);
      const ended = { ...state, gesture: null };
      return operation ? commit(ended, operation) : ended;
    }
    case 'pointer-cancel':
      return { ...state, gesture: null };
    case 'choose-tool':
      return { ...state, tool: event.tool };
    case 'swap':
      return swap(state);
    case 'step-brush-size':
      return { ...state, brushSize: stepBrushSize(state.brushSize, event.direction) };
    case 'set-tools':
      return withTools(state, event.settings);
    case 'apply':
      return commit(keepTrial({ ...state, gesture: null }), event.operation);
    case 'try':
      return { ...state, gesture: null, trial: event.operation };
    case 'keep-trial':
      return keepTrial(state);
    case 'undo':
      if (state.gesture || state.trial) return { ...state, gesture: null, trial: null };
      return { ...state, position: Math.max(0, state.position - 1) };
    case 'redo':
      if (state.gesture) return state;
      return {
        ...state,
        trial: null,
        position: Math.min(state.operations.length, state.position + 1),
      };
    case 'restore':
      return {
        ...state,
        operations: event.operations,
        position: event.position,
        gesture: null,
        trial: null,
      };
  }
}

/** What is shown besides the applied operations: a gesture, or an operation that is tried out. */
export function pendingOperation({ gesture, picture, trial }: PainterState): MaskOperation | null {
  return gesture ? gestureOperation(gesture, picture) : trial;
}

/** Whether a tool paints with the brush's disc. */
export function isBrush(tool: Tool): boolean {
  return tool === 'brush' || tool === 'erase';
}

function commit(state: PainterState, operation: MaskOperation): PainterState {
  const operations = [...state.operations.slice(0, state.position), operation];
  return { ...state, operations, position: operations.length };
}

function keepTrial(state: PainterState): PainterState {
  return state.trial ? commit({ ...state, trial: null }, state.trial) : state;
}

function swap(state: PainterState): PainterState {
  if (isBrush(state.tool)) return { ...state, tool: state.tool === 'brush' ? 'erase' : 'brush' };
  return { ...state, shapeMode: opposite(state.shapeMode) };
}

function withTools(state: PainterState, settings: Partial<ToolSettings>): PainterState {
  const { brushSize = state.brushSize, hardness = state.hardness } = settings;
  return {
    ...state,
    ...settings,
    brushSize: clampBrushSize(brushSize),
    hardness: Math.min(1, Math.max(0, hardness)),
  };
}

function beginGesture(
  state: PainterState,
  event: PainterEvent & { type: 'pointer-down' },
): Gesture {
  const { tool, hardness, shapeMode } = state;
  if (isBrush(tool)) {
    const mode = tool === 'erase' || event.isEraser ? 'erase' : 'add';
    const before = event.isStraight ? lastStrokeEnd(state) : undefined;
    const point = strokePoint(state, event);
    const start = before && { ...before, radius: point.radius };
    return { kind: 'stroke', style: { mode, hardness }, points: start ? [start, point] : [point] };
  }
  const mode = event.isEraser ? opposite(shapeMode) : shapeMode;
  const point = rounded(event.point);
  if (tool === 'rectangle') return { kind: 'rectangle', mode, from: point, to: point };
  return { kind: 'lasso', mode, points: [point] };
}

function continueGesture(
  state: PainterState,
  { samples, isSquare }: PainterEvent & { type: 'pointer-move' },
): Gesture | null {
  const { gesture } = state;
  const last = samples.at(-1);
  if (!gesture || !last) return gesture;
  if (gesture.kind === 'stroke') {
    const more = samples.map((sample) => strokePoint(state, sample));
    return { ...gesture, points: [...gesture.points, ...more] };
  }
  if (gesture.kind === 'rectangle') {
    const to = isSquare ? squareCorner(gesture.from, last.point) : last.point;
    return { ...gesture, to };
  }
  return { ...gesture, points: [...gesture.points, ...samples.map(({ point }) => rounded(point))] };
}

/** Where the last stroke that counts ended. */
function lastStrokeEnd({ operations, position }: PainterState): StrokePoint | undefined {
  const stroke = operations.slice(0, position).findLast(({ kind }) => kind === 'stroke');
  return stroke?.kind === 'stroke' ? stroke.points.at(-1) : undefined;
}

const thinnest = 0.5;

function strokePoint(
  { brushSize, usesPressure }: PainterState,
  { point, pressure = 1 }: PointerSample,
): StrokePoint {
  const radius = (brushSize / 2) * (usesPressure ? pressure : 1);
  return { ...rounded(point), radius: toHundredths(Math.max(thinnest, radius)) };
}

/** Hundredths of a pixel are more than anybody sees, and are kept in half the room. */
function rounded({ x, y }: ImagePoint): ImagePoint {
  return imagePoint(toHundredths(x), toHundredths(y));
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function opposite(mode: PaintMode): PaintMode {
  return mode === 'add' ? 'erase' : 'add';
}
