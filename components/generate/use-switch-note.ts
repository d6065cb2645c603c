import { useTranslations } from 'use-intl/react';
import type { OptionValue, SwitchedOption } from '@/lib/core/endpoints/generation-form';
import { useOptionWords } from '../controls/use-option-words';

/** Says of an option that another choice has just changed it, and why. */
export function useSwitchNote(switched: readonly SwitchedOption[]) {
  const t = useTranslations('form');
  const words = useOptionWords();
  return (name: string): string | undefined => {
    const change = switched.find(({ option }) => option === name);
    if (!change) return undefined;
    const value = (option: string, chosen: OptionValue) => words.value(option, String(chosen));
    const { from, to, because, why } = change;
    return t(why === 'needed' ? 'switched' : 'switchedAway', {
      option: words.label(name),
      from: value(name, from),
      to: value(name, to),
      because: words.label(because.option),
      value: value(because.option, because.value),
    });
  };
}
