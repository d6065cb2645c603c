import type { OptionControl } from './option-control';
import { useOptionWords } from './use-option-words';

/** Any number of a few values. */
export function ListOption({
  id,
  option,
  value,
  describedBy,
  onChange,
}: OptionControl<'choices', string[]>) {
  const words = useOptionWords();
  return (
    <fieldset aria-labelledby={id} aria-describedby={describedBy} className="flex flex-wrap gap-3">
      {option.values.map((name) => (
        <label key={name} className="flex items-center gap-1.5">
          <input
            type="checkbox"
            className="accent-accent"
            checked={value.includes(name)}
            onChange={({ target }) => {
              // In the catalogue's order, whatever the order of the clicks.
              const ticked = option.values.filter((other) =>
                other === name ? target.checked : value.includes(other),
              );
              onChange(ticked);
            }}
          />
          {words.value(option.name, name)}
        </label>
      ))}
    </fieldset>
  );
}
