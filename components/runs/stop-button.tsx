'use client';
import { Button } from '../ui/button';
import { SquareIcon } from '../ui/icons';

/** Stops a run, or what it waits for. */
export function StopButton({ label, onStop }: { label: string; onStop: () => void }) {
  return (
    <Button data-testid="stop" onClick={onStop}>
      <SquareIcon size={11} aria-hidden className="fill-current" />
      {label}
    </Button>
  );
}
