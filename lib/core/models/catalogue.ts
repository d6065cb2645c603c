import type { SizeRule } from '../sizes/sizes';
import type { Model, ModelOption } from './model';

// The built-in catalogue: the models of the gateway's page (contract, "Endpoints and models").
// A new model is one more entry in `catalogue`, here or in a MODELS_FILE of the same shape.

const megabytes = (count: number) => count * 1024 * 1024;

const outputFormat: ModelOption = {
  name: 'output_format',
  kind: 'choice',
  values: ['png', 'jpeg'],
  default: 'png',
};

const gptImageOptions: ModelOption[] = [
  {
    name: 'quality',
    kind: 'choice',
    values: ['low', 'medium', 'high'],
    // What OpenAI's clients send where nobody chose.
    unlisted: ['auto'],
    default: 'high',
  },
  outputFormat,
  {
    name: 'output_compression',
    kind: 'integer',
    min: 0,
    max: 100,
    default: 100,
    requires: [{ when: { isNot: 100 }, option: 'output_format', oneOf: ['jpeg'] }],
  },
  {
    name: 'background',
    kind: 'choice',
    values: ['auto', 'opaque', 'transparent'],
    default: 'auto',
    requires: [{ when: { is: 'transparent' }, option: 'output_format', oneOf: ['png'] }],
  },
  { name: 'moderation', kind: 'choice', values: ['auto', 'low'], default: 'auto' },
  {
    name: 'input_fidelity',
    kind: 'choice',
    values: ['low', 'high'],
    default: null,
    endpoints: ['edits'],
  },
  { name: 'user', kind: 'text', maxCharacters: 512, default: null },
];

const gptImage = {
  ownedBy: 'openai',
  endpoints: ['generations', 'edits'],
  prompt: { maxCharacters: 32_000 },
  count: { min: 1, max: 10, default: 1 },
  options: gptImageOptions,
  references: { max: 16, maxBytes: megabytes(50), formats: ['png', 'jpeg'] },
  mask: true,
  wire: { pictures: 'data', thoughtSignature: false, countIsUpperBound: false },
  rate: null,
  extraFields: [],
} satisfies Partial<Model>;

const gemini = {
  ownedBy: 'google',
  endpoints: ['chat'],
  prompt: { maxCharacters: null },
  count: null,
  options: [
    {
      name: 'imageConfig.imageOutputOptions.mimeType',
      kind: 'choice',
      values: ['image/png', 'image/jpeg'],
      default: null,
    },
    {
      name: 'imageConfig.imageOutputOptions.compressionQuality',
      kind: 'integer',
      min: 0,
      max: 100,
      default: null,
      requires: [
        {
          when: { isNot: null },
          option: 'imageConfig.imageOutputOptions.mimeType',
          oneOf: ['image/jpeg'],
        },
      ],
    },
    {
      name: 'modalities',
      kind: 'choices',
      values: ['text', 'image'],
      unlisted: ['audio'],
      default: ['text', 'image'],
    },
  ],
  references: { max: 16, maxBytes: megabytes(50), formats: ['png', 'jpeg'] },
  mask: false,
  rate: { requests: 60, seconds: 3600 },
  extraFields: [],
} satisfies Partial<Model>;

const geminiFlashSizes: SizeRule = {
  namedBy: 'ratio',
  default: '1024x1024',
  auto: false,
  legal: 'listed',
  tokens: { '1K': 1290 },
  table: {
    '1:1': { '1K': '1024x1024' },
    '2:3': { '1K': '832x1248' },
    '3:2': { '1K': '1248x832' },
    '3:4': { '1K': '864x1184' },
    '4:3': { '1K': '1184x864' },
    '4:5': { '1K': '896x1152' },
    '5:4': { '1K': '1152x896' },
    '9:16': { '1K': '768x1344' },
    '16:9': { '1K': '1344x768' },
    '21:9': { '1K': '1536x672' },
  },
};

const gemini3Sizes: SizeRule = {
  namedBy: 'ratio',
  default: '1024x1024',
  auto: false,
  legal: 'listed',
  tokens: { '1K': 1210, '2K': 1210, '4K': 2000 },
  table: {
    '1:1': { '1K': '1024x1024', '2K': '2048x2048', '4K': '4096x4096' },
    '2:3': { '1K': '848x1264', '2K': '1696x2528', '4K': '3392x5056' },
    '3:2': { '1K': '1264x848', '2K': '2528x1696', '4K': '5056x3392' },
    '3:4': { '1K': '896x1200', '2K': '1792x2400', '4K': '3584x4800' },
    '4:3': { '1K': '1200x896', '2K': '2400x1792', '4K': '4800x3584' },
    '4:5': { '1K': '928x1152', '2K': '1856x2304', '4K': '3712x4608' },
    '5:4': { '1K': '1152x928', '2K': '2304x1856', '4K': '4608x3712' },
    '9:16': { '1K': '768x1376', '2K': '1536x2752', '4K': '3072x5504' },
    '16:9': { '1K': '1376x768', '2K': '2752x1536', '4K': '5504x3072' },
    '21:9': { '1K': '1584x672', '2K': '3168x1344', '4K': '6336x2688' },
  },
};

const gemini3 = {
  ...gemini,
  sizes: gemini3Sizes,
  wire: { pictures: 'images', thoughtSignature: true, countIsUpperBound: false },
} satisfies Partial<Model>;

/** The models that are there without a MODELS_FILE, in the order of the pickers. */
export const catalogue: Model[] = [
  {
    ...gptImage,
    id: 'turing/gpt-image-2',
    label: { en: 'GPT-image-2', zh: 'GPT-image-2' },
    summary: { en: 'any size to 4K · transparent · mask', zh: '任意尺寸至 4K · 透明背景 · 遮罩' },
    created: 1_776_816_000,
    sizes: {
      namedBy: 'size',
      default: 'auto',
      auto: true,
      legal: {
        step: 16,
        maxSide: 3840,
        maxRatio: 3,
        minPixels: 655_360,
        maxPixels: 8_294_400,
      },
      table: {
        '1:1': { '1K': '1024x1024', '2K': '2048x2048', '4K': '2880x2880' },
        '3:2': { '1K': '1536x1024', '2K': '2160x1440', '4K': '3504x2336' },
        '2:3': { '1K': '1024x1536', '2K': '1440x2160', '4K': '2336x3504' },
        '4:3': { '1K': '1152x864', '2K': '2304x1728', '4K': '3264x2448' },
        '3:4': { '1K': '864x1152', '2K': '1728x2304', '4K': '2448x3264' },
        '16:9': { '1K': '1536x864', '2K': '2560x1440', '4K': '3840x2160' },
        '9:16': { '1K': '864x1536', '2K': '1440x2560', '4K': '2160x3840' },
        '21:9': { '1K': '1344x576', '2K': '2688x1152', '4K': '3808x1632' },
      },
    },
  },
  {
    ...gptImage,
    id: 'turing/gpt-image-1',
    label: { en: 'GPT-image-1', zh: 'GPT-image-1' },
    summary: { en: 'three sizes · transparent · mask', zh: '三种尺寸 · 透明背景 · 遮罩' },
    created: 1_745_366_400,
    sizes: {
      namedBy: 'size',
      default: 'auto',
      auto: true,
      legal: 'listed',
      table: {
        '1:1': { '1K': '1024x1024' },
        '3:2': { '1K': '1536x1024' },
        '2:3': { '1K': '1024x1536' },
      },
    },
  },
  {
    id: 'doubao-seedream-4-5-251128',
    label: { en: 'Seedream 4.5', zh: '豆包 Seedream 4.5' },
    summary: { en: '2K and 4K · batches', zh: '2K 与 4K · 组图' },
    ownedBy: 'bytedance',
    created: 1_764_288_000,
    endpoints: ['generations'],
    prompt: { maxCharacters: null },
    count: { min: 1, max: 10, default: 1 },
    sizes: {
      namedBy: 'size',
      default: '2048x2048',
      auto: false,
      legal: 'any',
      hintMinPixels: 3_686_400,
      table: {
        '1:1': { '1K': '1024x1024', '2K': '2048x2048', '4K': '4096x4096' },
        '3:2': { '2K': '2496x1664', '4K': '4992x3328' },
        '2:3': { '2K': '1664x2496', '4K': '3328x4992' },
        '4:3': { '2K': '2304x1728', '4K': '4704x3520' },
        '3:4': { '2K': '1728x2304', '4K': '3520x4704' },
        '16:9': { '2K': '2560x1440', '4K': '5504x3040' },
        '9:16': { '2K': '1440x2560', '4K': '3040x5504' },
        '21:9': { '2K': '3024x1296', '4K': '6240x2656' },
      },
    },
    options: [
      {
        name: 'sequential_image_generation',
        kind: 'choice',
        values: ['auto', 'disabled'],
        default: null,
      },
      {
        name: 'sequential_image_generation_options.max_images',
        kind: 'integer',
        min: 1,
        max: 15,
        default: null,
      },
    ],
    references: null,
    mask: false,
    wire: { pictures: 'data', thoughtSignature: false, countIsUpperBound: true },
    rate: null,
    extraFields: [],
  },
  {
    ...gemini3,
    id: 'turing/gemini-3-pro-image',
    label: { en: 'Gemini 3 Pro Image', zh: 'Gemini 3 Pro Image' },
    summary: { en: 'conversation · up to 4K', zh: '对话作图 · 最高 4K' },
    created: 1_763_596_800,
  },
  {
    ...gemini3,
    id: 'turing/gemini-3.1-flash-image',
    label: { en: 'Gemini 3.1 Flash Image', zh: 'Gemini 3.1 Flash Image' },
    summary: { en: 'conversation · fast · up to 4K', zh: '对话作图 · 快速 · 最高 4K' },
    created: 1_772_064_000,
  },
  {
    // The page has no size table for this one: the table of its family holds until it says otherwise.
    ...gemini3,
    id: 'turing/gemini-3.1-flash-lite-image',
    label: { en: 'Gemini 3.1 Flash Lite Image', zh: 'Gemini 3.1 Flash Lite Image' },
    summary: { en: 'conversation · fastest', zh: '对话作图 · 最快' },
    created: 1_774_310_400,
  },
  {
    ...gemini,
    id: 'turing/gemini-2.5-flash-image',
    label: { en: 'Gemini 2.5 Flash Image', zh: 'Gemini 2.5 Flash Image' },
    summary: { en: 'conversation · 1K', zh: '对话作图 · 1K' },
    created: 1_759_363_200,
    sizes: geminiFlashSizes,
    wire: { pictures: 'content', thoughtSignature: false, countIsUpperBound: false },
  },
];
