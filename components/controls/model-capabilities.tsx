import { useTranslations } from 'use-intl/react';
import { type Capability, capabilitiesOf } from '@/lib/core/models/capabilities';
import type { Model } from '@/lib/core/models/model';

/** What a model can do, in a few small words. */
export function ModelCapabilities({ id, model }: { id: string; model: Model }) {
  const t = useTranslations('capability');
  const say = ({ kind, ...values }: Capability) => t(kind, values);
  return (
    // Without a name of its own, which would be read out in place of what it holds.
    <ul id={id} className="mt-1 flex flex-wrap gap-1">
      {capabilitiesOf(model).map((capability) => (
        <li
          key={capability.kind}
          className="whitespace-nowrap rounded-full border border-rim px-[7px] text-tiny leading-[18px] text-muted"
        >
          {say(capability)}
        </li>
      ))}
    </ul>
  );
}
