import type { Size } from '../core/sizes/sizes';
import { troubles } from './trouble';

/** The sentence that comes with a picture, in the language of the prompt. */
export function replyText({
  prompt,
  bases,
  size,
  withPicture,
}: {
  prompt: string;
  /** How many pictures the new one was made from. */
  bases: number;
  size: Size;
  withPicture: boolean;
}): string {
  const topic = shorten(prompt);
  const measures = `${size.width} × ${size.height}`;
  if (/\p{Script=Han}/u.test(prompt)) {
    if (!withPicture) return `你说的是「${topic}」。我是演示网关,需要图片时再告诉我。`;
    if (bases > 1) return `我把 ${bases} 张图片合成了一张(${measures}):「${topic}」。`;
    if (bases === 1) return `已按「${topic}」修改图片,尺寸 ${measures}。`;
    return `这是为「${topic}」画的图,尺寸 ${measures}。`;
  }
  if (!withPicture)
    return `You said “${topic}”. I am the demo gateway; ask me for a picture any time.`;
  if (bases > 1)
    return `Here are your ${bases} pictures brought together as “${topic}”, ${measures}.`;
  if (bases === 1) return `Done: I changed the picture to “${topic}”, ${measures}.`;
  return `Here you go: “${topic}”, ${measures}. I hope you like it!`;
}

/** Cuts a text into pieces of a few words or characters, as a model streams them. */
export function inDeltas(text: string, count: number): string[] {
  const characters = [...text];
  const length = Math.max(1, Math.ceil(characters.length / count));
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(''),
  );
}

function shorten(prompt: string): string {
  const plain = troubles.reduce((text, { word }) => text.replaceAll(word, ''), prompt);
  const characters = [...plain.replace(/\s+/g, ' ').trim()];
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : characters.join('');
}
