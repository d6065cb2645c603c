/** Three dots that breathe, where something is still to come. */
export function BusyDots() {
  return (
    <span aria-hidden className="flex gap-1">
      {['', '[animation-delay:-0.8s]', '[animation-delay:-1.6s]'].map((delay) => (
        <span key={delay} className={`size-1.5 breathe rounded-full bg-accent ${delay}`} />
      ))}
    </span>
  );
}
