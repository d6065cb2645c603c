import type { AnswerTold } from '../../core/chat/answer-state';
import type { ChatMessage } from '../../core/chat/message';
import {
  type CellEvent,
  conversationOf,
  durationKindOf,
  reduceCell,
  reopenedCell,
} from '../../core/experiments/cell';
import type { LaneLimits } from '../../core/experiments/lane';
import { findModel } from '../../core/models/lookup';
import type { Cell, RunEntry, RunEvent } from '../../core/runs/run-entry';
import { isInFlight } from '../../core/runs/run-state';
import { awaitAnswer, openAnswer } from '../answers/open-answer';
import { tellTabs } from '../browser/tabs';
import { encodeTurn } from '../chat/encode-turn';
import { encodeRun } from '../runs/image-runs';
import type { AnswerReading } from '../runs/run-attempt';
import { createRunEngine } from '../runs/run-engine';
import { lineOf } from '../runs/sharing-store';
import { cellHistory } from '../storage/cells';
import { history } from '../storage/history';
import { catalogue } from './catalogue';
import { changeCell, findCell, putCells } from './cells-store';
import { findExperiment } from './experiments-store';

/** So long at most until a cell that waits for its lane asks again, in ms. */
const askAgainMs = 1000;

const endListeners = new Set<(cell: Cell) => void>();

const spentListeners = new Set<(experiment: string) => Promise<void>>();

/** Calls a listener when a day's budget has no room for a cell of an experiment: that cell waits. */
export function onBudgetSpent(listener: (experiment: string) => Promise<void>): void {
  spentListeners.add(listener);
}

/** The ids of the cells whose success their lane knows of. */
const succeeded = new Set<string>();

/** Calls a listener when a cell of this tab has ended. @returns how to stop */
export function onCellEnd(listener: (cell: Cell) => void): () => void {
  endListeners.add(listener);
  return () => {
    endListeners.delete(listener);
  };
}

/** The cells of experiments in this tab, as runs. */
export const cellRuns = createRunEngine<Cell, CellEvent>({
  find: findCell,
  put: (cell) => putCells([cell]),
  change: changeCell,
  reduce: reduceCell,
  reopened: reopenedCell,
  load: cellHistory.load,
  async save(cell) {
    await history.saveRun(cell);
    tellTabs({ type: 'cell-kept', id: cell.id });
    if (isInFlight(cell)) return;
    // It is saved again when more is known of its pictures.
    if (cell.state === 'done' && !succeeded.has(cell.id)) {
      succeeded.add(cell.id);
      await cellHistory.noteSuccess(limitsOf(cell));
    }
    for (const listener of endListeners) listener(cell);
  },
  durationKind: durationKindOf,
  asks: ({ request, asked, turn }) => ({ model: request.model, pictures: turn ? 1 : asked }),
  isHeldBack(id) {
    const cell = findCell(id);
    return cell !== undefined && findExperiment(cell.cell.experiment)?.state === 'paused';
  },
  async keepUnsent({ cell }, { budget }) {
    // What alone asks for more than a day's budget would wait for ever.
    if (budget?.fitsAt == null) return false;
    await Promise.all([...spentListeners].map((listener) => listener(cell.experiment)));
    return true;
  },
  async admitAgain(cell) {
    const now = Date.now();
    const claim = await cellHistory
      .admitAgain(cell, limitsOf(cell), now)
      // Where nothing can be stored, one tab is all there is.
      .catch(() => ({ kind: 'claimed' as const }));
    if (claim.kind === 'claimed') return 0;
    // Nothing would ever let it in.
    if (claim.kind === 'gone') void cellRuns.stop(cell.id);
    return claim.kind === 'busy' && claim.at !== null ? claim.at - now : askAgainMs;
  },
  encode(cell) {
    if (!cell.turn) return encodeRun(imageRunOf(cell));
    const [question, answer] = conversationOf(cell, cell.turn);
    return encodeTurn(answer, new Map<string, ChatMessage>([[question.id, question]]));
  },
  awaitAnswer: ({ key }, spare) => awaitAnswer(key, spare),
  openAnswer: ({ key, turn }, reading) =>
    turn
      ? openAnswer('chat', key, reading as AnswerReading<AnswerTold>)
      : openAnswer('images', key, reading as AnswerReading<RunEvent>),
});

/**
 * What the catalogue allows of a cell's model; one that is gone is not asked more often than others. Where the server
 * has a line for it, that alone keeps to its rate.
 */
export function limitsOf({ request: { model } }: Pick<Cell, 'request'>): LaneLimits {
  const limits: LaneLimits = findModel(catalogue(), model) ?? { id: model, rate: null };
  return lineOf(model) ? { ...limits, rate: null } : limits;
}

function imageRunOf(cell: Cell): RunEntry {
  return cell as unknown as RunEntry;
}
