/**
 * Says that something is under way: with a value (0 to 1) how far it is, without one only that it is.
 */
export function ProgressBar({ label, value }: { label: string; value?: number }) {
  const percent =
    value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={percent === undefined ? undefined : 0}
      aria-valuemax={percent === undefined ? undefined : 100}
      className="h-1 min-w-8 flex-1 overflow-hidden rounded-full bg-line"
    >
      {value === undefined ? (
        <div className="h-full w-2/5 animate-glide rounded-full bg-accent" />
      ) : (
        <div
          // As a movement, not a width: the page is not laid out anew at each step.
          style={{ translate: `${Math.min(1, Math.max(0, value)) * 100 - 100}%` }}
          className="h-full rounded-full bg-accent transition-[translate] duration-500 ease-linear"
        />
      )}
    </div>
  );
}
