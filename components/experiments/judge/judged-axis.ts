/** An axis that judgements can ask about, in words. */
export interface JudgedAxis {
  id: string;
  /** Such as "Model", or the name of a variable. */
  label: string;
  values: readonly { value: string; label: string }[];
}
