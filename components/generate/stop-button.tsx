import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import { Button } from '../ui/button';
import { SquareIcon } from '../ui/icons';

/** Stops a run. When it goes while it has the focus, it says so, so that the focus is not lost. */
export function StopButton({
  label,
  onStop,
  onGone,
}: {
  label: string;
  onStop: () => void;
  onGone: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const handOver = useEffectEvent(onGone);
  useLayoutEffect(() => {
    const element = button.current;
    return () => {
      if (element !== null && document.activeElement === element) handOver();
    };
  }, []);
  return (
    <Button ref={button} data-testid="stop" onClick={onStop}>
      <SquareIcon size={11} aria-hidden className="fill-current" />
      {label}
    </Button>
  );
}
