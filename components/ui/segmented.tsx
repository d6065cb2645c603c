import { useId } from 'react';

/** One of a few values, side by side: native radio buttons, so that arrow keys and forms work. */
export function Segmented({
  labelledBy,
  label,
  value,
  choices,
  onChoose,
  describedBy,
  isByContent = false,
}: {
  labelledBy?: string;
  label?: string;
  value: string;
  /** `why`: why it cannot be chosen now; undefined if it can. */
  choices: readonly { value: string; label: string; why?: string }[];
  onChoose: (value: string) => void;
  describedBy?: string;
  /** Longer words have more room; else all are equally wide. */
  isByContent?: boolean;
}) {
  const name = useId();
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-label={label}
      aria-describedby={describedBy}
      className={`grid ${isByContent ? 'auto-cols-[minmax(max-content,1fr)]' : 'auto-cols-fr'} grid-flow-col rounded-small bg-sunken p-0.5`}
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          title={choice.why}
          className="cursor-pointer truncate rounded-[5px] px-1 py-[5px] text-center touch:py-[11px] text-muted transition-colors hover:text-text has-checked:bg-raised has-checked:font-medium has-checked:text-text has-checked:shadow-raised has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-default has-disabled:text-line-strong"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={choice.value === value}
            disabled={choice.why !== undefined}
            title={choice.why}
            onChange={() => onChoose(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
