import type { Offer } from './intake';

/** The name of a file after its picture was written anew in another format. */
export function convertedName(name: string, to: Offer): string {
  const stem = name.replace(/\.[^.]{1,5}$/, '') || 'picture';
  return `${stem}.${to === 'jpeg' ? 'jpg' : to}`;
}
