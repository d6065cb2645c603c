import { IconButton } from './icon-button';
import { MinusIcon, PlusIcon } from './icons';
import { NumberField } from './number-field';

/** A small whole number with a button on either side. */
export function Stepper({
  id,
  value,
  min,
  max,
  labels,
  onChange,
  invalid,
  describedBy,
  testId,
}: {
  id: string;
  value: string;
  min: number;
  max: number;
  labels: { fewer: string; more: string };
  onChange: (text: string) => void;
  invalid?: boolean;
  describedBy?: string;
  testId?: string;
}) {
  const current = Number.isInteger(Number(value)) && value !== '' ? Number(value) : min;
  const move = (by: number) => onChange(String(Math.min(max, Math.max(min, current + by))));
  return (
    <div className="flex items-center gap-0.5 rounded-small bg-sunken p-0.5 has-aria-invalid:outline-1 has-aria-invalid:outline-error">
      <IconButton
        label={labels.fewer}
        className="size-[27px]"
        disabled={current <= min}
        onClick={() => move(-1)}
      >
        <MinusIcon size={14} aria-hidden />
      </IconButton>
      <NumberField
        id={id}
        data-testid={testId}
        value={value}
        min={min}
        max={max}
        onType={onChange}
        invalid={invalid}
        aria-describedby={describedBy}
        className="border-transparent text-center font-medium shadow-raised"
      />
      <IconButton
        label={labels.more}
        className="size-[27px]"
        disabled={current >= max}
        onClick={() => move(1)}
      >
        <PlusIcon size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
