/** Says that something is under way, without a promise of when it ends. */
export function ProgressBar({ label }: { label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      className="h-1 min-w-8 flex-1 overflow-hidden rounded-full bg-line"
    >
      <div className="h-full w-2/5 animate-glide rounded-full bg-accent" />
    </div>
  );
}
