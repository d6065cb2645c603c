import { useState } from 'react';

/**
 * A number field over a value that is set elsewhere, too. It keeps what is being typed, also while
 * that is no such number yet, and says so; the value only changes to what is one.
 */
export function useTypedNumber(
  { value, least, most }: { value: number; least: number; most: number },
  onNumber: (value: number) => void,
) {
  const [typed, setTyped] = useState<{ text: string; value: number } | null>(null);
  const isRight = (text: string) =>
    /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  // What was typed stands until the value changes from elsewhere.
  const text = typed && typed.value === value ? typed.text : String(value);
  return {
    value: text,
    invalid: !isRight(text),
    onType(next: string) {
      const number = isRight(next) ? Number(next) : value;
      setTyped({ text: next, value: number });
      if (number !== value) onNumber(number);
    },
    onBlur: () => setTyped(null),
  };
}
