'use client';
import { attachConverted } from '@/lib/client/chat/chat-intake';
import { dismissAttachment } from '@/lib/client/chat/chat-intake-store';
import { useChatIntake } from '@/lib/client/chat/use-chat-intake';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { RefusalList } from '../controls/refusal-list';

/** The files that were not taken into a message that is being written, and why. */
export function IntakeRefusals({ draft, limits }: { draft: string; limits: IntakeLimits }) {
  const all = useChatIntake((state) => state.refused);
  return (
    <RefusalList
      items={all.filter(({ conversation }) => conversation === draft)}
      onOffer={(item, offer) => void attachConverted(item, offer, limits)}
      onDismiss={({ id }) => dismissAttachment(id)}
    />
  );
}
