import type { ComponentProps } from 'react';

/** A native range control. */
export function Slider({
  value,
  onSlide,
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  value: string;
  onSlide: (text: string) => void;
}) {
  return (
    <input
      {...rest}
      type="range"
      value={value}
      onChange={(event) => onSlide(event.target.value)}
      className="h-5 w-full cursor-pointer accent-accent"
    />
  );
}
