/** Keys as caps. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded-[4px] border border-current px-1 text-center font-sans text-tiny leading-[17px]"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
