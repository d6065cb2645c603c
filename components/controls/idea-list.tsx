/** Something to begin with, with the colours that it calls to mind. */
interface Idea {
  name: string;
  prompt: string;
  /** A CSS background. */
  art: string;
}

/** What an empty page offers: a click takes an idea's prompt. */
export function IdeaList({
  ideas,
  onChoose,
}: {
  ideas: readonly Idea[];
  onChoose: (prompt: string) => void;
}) {
  return (
    <ul className="mt-6 grid grid-cols-2 gap-3 max-[520px]:grid-cols-1">
      {ideas.map(({ name, prompt, art }) => (
        <li key={name}>
          <button
            type="button"
            className="flex size-full items-start gap-3 rounded-large border border-line bg-panel p-3 text-left transition-[border-color,box-shadow] hover:border-line-strong hover:shadow-floating"
            onClick={() => onChoose(prompt)}
          >
            <span
              aria-hidden
              style={{ background: art }}
              className="size-12 shrink-0 rounded-small"
            />
            <span className="min-w-0">
              <span className="block font-medium">{name}</span>
              <span className="mt-0.5 line-clamp-3 text-muted text-small">{prompt}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
