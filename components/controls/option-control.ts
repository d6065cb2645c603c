import type { ModelOption } from '@/lib/core/models/model';

/** What every kind of option control gets. */
export interface OptionControl<Kind extends ModelOption['kind'], Value> {
  id: string;
  option: Extract<ModelOption, { kind: Kind }>;
  value: Value;
  describedBy: string | undefined;
  invalid: boolean;
  onChange: (value: Value) => void;
}
