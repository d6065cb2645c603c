import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { FieldHead } from '../../ui/field';
import type { JudgedAxis } from './judged-axis';

/** Which axis is asked about. */
export function AxisChoice({
  axes,
  axis,
  onChoose,
}: {
  axes: readonly JudgedAxis[];
  axis: string;
  onChoose: (axis: string) => void;
}) {
  const t = useTranslations('judging');
  const id = useId();
  return (
    <div>
      <FieldHead htmlFor={id} label={t('axis')} />
      <select
        id={id}
        value={axis}
        onChange={({ target }) => onChoose(target.value)}
        className="w-full rounded-small border border-line-strong bg-raised px-2 py-1.5 touch:text-[16px]"
      >
        {axes.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
