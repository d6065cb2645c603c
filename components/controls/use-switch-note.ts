import { useTranslations } from 'use-intl/react';
import type { OptionValue, SwitchedOption } from '@/lib/core/endpoints/image-form';
import { useOptionWords } from './use-option-words';

/** Says beside a choice which other option it has just changed, and why. */
export function useSwitchNote(switched: readonly SwitchedOption[]) {
  const t = useTranslations('form');
  const words = useOptionWords();
  return (name: string): string | undefined => {
    const change = switched.find(({ because }) => because.option === name);
    if (!change) return undefined;
    const value = (option: string, chosen: OptionValue) => words.value(option, String(chosen));
    const { from, to, because, why } = change;
    return t(why === 'needed' ? 'switched' : 'switchedAway', {
      option: words.label(change.option),
      from: value(change.option, from),
      to: value(change.option, to),
      because: words.label(because.option),
      value: value(because.option, because.value),
    });
  };
}
