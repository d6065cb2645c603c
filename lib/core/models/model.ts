import type { SizeRule } from '../sizes/sizes';

/** The gateway's three endpoints, by the last word of their path that tells them apart. */
export const endpointNames = ['generations', 'edits', 'chat'] as const;
export type EndpointName = (typeof endpointNames)[number];

/** The same words in each language of the pages. */
export interface Words {
  en: string;
  zh: string;
}

/** A value of one option that is only legal beside certain values of another. */
export interface Requirement {
  /** Holds when the option is sent with this value, or with any value but this one. */
  when: { is: string } | { isNot: number | null };
  option: string;
  oneOf: string[];
}

interface OptionBase {
  /** The field's name on the wire; a dot leads into an object (`imageConfig.imageSize`). */
  name: string;
  /** Where the field is taken; everywhere that the model is, if absent. */
  endpoints?: EndpointName[];
  requires?: Requirement[];
}

interface ListedValues {
  values: string[];
  /** Further values that clients may send. They are passed on; the pages don't offer them. */
  unlisted?: string[];
}

/** One parameter of a model. A default of `null` means: not sent unless somebody chose it. */
export type ModelOption =
  | (OptionBase & ListedValues & { kind: 'choice'; default: string | null })
  | (OptionBase & { kind: 'integer'; min: number; max: number; default: number | null })
  | (OptionBase & { kind: 'text'; maxCharacters: number; default: null })
  | (OptionBase & ListedValues & { kind: 'choices'; default: string[] });

/** Everything that the project knows of one model. Plain data: it comes from JSON as well. */
export interface Model {
  /** As it stands on the wire in `model`. */
  id: string;
  label: Words;
  /** What it can do, in a few words, for the picker. */
  summary: Words;
  ownedBy: string;
  /** Unix seconds, for `GET /models`. */
  created: number;
  endpoints: EndpointName[];
  prompt: { maxCharacters: number | null };
  /** How many pictures one request may ask for (`n`); `null`: the field is not taken. */
  count: { min: number; max: number; default: number } | null;
  sizes: SizeRule;
  options: ModelOption[];
  references: { max: number; maxBytes: number; formats: ('png' | 'jpeg')[] } | null;
  /** Whether edits take a mask: a PNG of the first picture's dimensions. */
  mask: boolean;
  wire: {
    /** Where an answer has its pictures: `data[]`, content blocks, or the `images` field. */
    pictures: 'data' | 'content' | 'images';
    /** Each picture carries a signature that has to come back unchanged in the next turn. */
    thoughtSignature: boolean;
    /** The gateway turns `n` into the vendor's batch mode, which may return fewer pictures. */
    countIsUpperBound: boolean;
  };
  /** Known limit, said where it is met. */
  rate: { requests: number; seconds: number } | null;
  /** How many requests of experiments may be under way at once; absent: three. */
  parallel?: number;
  /** What a picture costs, for the plans of experiments; absent: they say that it is not known. */
  price?: {
    /** Three letters (ISO 4217). */
    currency: string;
    /** For one picture. */
    picture: number;
    /** For one picture at a resolution level, where that differs. */
    byLevel?: Record<string, number>;
    /** What the price is multiplied by, by an option's wire name and value. */
    factors?: Record<string, Record<string, number>>;
  };
  /** Further top-level fields that are passed on unchecked. */
  extraFields: string[];
}
