'use client';
import { type ComponentProps, lazy } from 'react';
import type { OtherPerson } from './other-person';

const Card = lazy(async () => ({ default: (await import('./other-person')).OtherPerson }));

/** The card of another person: no page that shows something else loads its code. */
export function LaterOtherPerson(props: ComponentProps<typeof OtherPerson>) {
  return <Card {...props} />;
}
