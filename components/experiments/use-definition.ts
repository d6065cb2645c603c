import { useEffect, useRef, useState } from 'react';
import {
  addExperiment,
  changeExperiment,
  experimentsStore,
  findExperiment,
  holdTyped,
  keepTyped,
  openExperiment,
  useExperiments,
} from '@/lib/client/experiments/experiments-store';
import {
  createExperiment,
  type Definition,
  type Experiment,
  emptyDefinition,
} from '@/lib/core/experiments/experiment';
import { randomId } from '@/lib/core/random-id';

const keepAfterMs = 400;

/** The open experiment as it is being edited. What is typed is kept a moment later. */
export function useDefinition() {
  const experiment = useExperiments(({ experiments, openId }) =>
    experiments.find(({ id }) => id === openId),
  );
  const [typed, setTyped] = useState<Experiment>();
  const pending = useRef<Experiment>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isTyped = typed !== undefined && typed.id === experiment?.id;
  const definition = isTyped ? typed.definition : (experiment?.definition ?? emptyDefinition);

  /** Keeps what was typed. @returns once it is kept */
  const keep = async (): Promise<void> => {
    clearTimeout(timer.current);
    const last = pending.current;
    if (!last) return;
    pending.current = undefined;
    await keepTyped(last);
    // Somebody may have typed on.
    if (!pending.current) setTyped(undefined);
  };
  const keepNow = useRef(keep);
  keepNow.current = keep;
  useEffect(() => {
    const flush = () => void keepNow.current();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);

  const edit = (change: (definition: Definition) => Definition): void => {
    // Several edits may come before the first is rendered: what was typed and chosen before the scripts ran.
    const open = findExperiment(experimentsStore.getState().openId);
    if (!open) {
      const created = createExperiment(randomId(), Date.now(), {
        definition: change(emptyDefinition),
      });
      holdTyped(created);
      void addExperiment(created);
      openExperiment(created.id, false);
      return;
    }
    const { id } = open;
    const before = pending.current ?? typed;
    const definition = change(before?.id === id ? before.definition : open.definition);
    const next = { ...open, definition, updatedAt: Date.now() };
    holdTyped(next);
    if (pending.current && pending.current.id !== id) void keep();
    pending.current = next;
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void keepNow.current(), keepAfterMs);
  };
  return { experiment, definition, edit, keep };
}

/** Changes the name of an experiment. */
export function rename(id: string, name: string): void {
  void changeExperiment(id, (one: Experiment) => ({ ...one, name }));
}
