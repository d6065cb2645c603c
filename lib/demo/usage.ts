import { findOption } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import type { Size } from '../core/sizes/sizes';

/** Input tokens of one picture, whatever its size. */
export const tokensPerInputPicture = 258;

// Output tokens of a square megapixel; the vendor's figures for these qualities.
const tokensByQuality: Record<string, number> = { low: 272, medium: 1056, high: 4160 };

/** Tokens of a text, roughly as the usual tokenisers count: four letters, or one Chinese character. */
export function textTokens(text: string): number {
  const ideographs = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return ideographs + Math.ceil((text.length - ideographs) / 4);
}

/** The `usage` of both image endpoints; its figures add up. */
export function imagesUsage({
  model,
  prompt,
  inputPictures,
  size,
  quality,
  count,
}: {
  model: Model;
  prompt: string;
  inputPictures: number;
  size: Size;
  quality: string | undefined;
  count: number;
}) {
  const [text_tokens, image_tokens] = [textTokens(prompt), inputPictures * tokensPerInputPicture];
  const input_tokens = text_tokens + image_tokens;
  const output_tokens = count * pictureTokens({ model, size, quality });
  return {
    input_tokens,
    input_tokens_details: { text_tokens, image_tokens },
    output_tokens,
    total_tokens: input_tokens + output_tokens,
  };
}

function pictureTokens({
  model,
  size,
  quality,
}: {
  model: Model;
  size: Size;
  quality: string | undefined;
}): number {
  const option = findOption(model, 'quality');
  const chosen = quality ?? (option?.kind === 'choice' ? option.default : null) ?? '';
  const perMegapixel = tokensByQuality[chosen] ?? 4096;
  return Math.ceil((perMegapixel * size.width * size.height) / 1_048_576);
}

/** The `usage` of a chat answer; its figures add up. */
export function chatUsage({
  promptText,
  inputPictures,
  reply,
  pictureTokens: ofPicture,
}: {
  promptText: string;
  inputPictures: number;
  reply: string;
  pictureTokens: number;
}) {
  const prompt_tokens = textTokens(promptText) + inputPictures * tokensPerInputPicture;
  const completion_tokens = textTokens(reply) + ofPicture;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
