'use client';
import { messageIntake } from '@/lib/client/chat/chat-intake';
import { useIntake } from '@/lib/client/references/intake-queue';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { RefusalList } from '../controls/refusal-list';

/** The refused files of a draft, each with its reason. */
export function IntakeRefusals({ draft, limits }: { draft: string; limits: IntakeLimits }) {
  const all = useIntake(messageIntake, (state) => state.refused);
  return (
    <RefusalList
      items={all.filter(({ place }) => place === draft)}
      onOffer={(item, offer) => void messageIntake.convert(item, offer, limits)}
      onDismiss={({ id }) => messageIntake.dismiss(id)}
    />
  );
}
