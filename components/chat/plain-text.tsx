import { memo } from 'react';
import { piecesOfText } from '@/lib/core/chat/text-pieces';

/** A text as it was written. Of a long one the browser lays out only what is seen. */
export const PlainText = memo(function PlainText({ text }: { text: string }) {
  const pieces = piecesOfText(text);
  return (
    <span className="block whitespace-pre-wrap break-words">
      {pieces.length === 1 ? (
        <Words text={text} />
      ) : (
        pieces.map((piece, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no id but its place
            key={index}
            className="block [contain-intrinsic-size:760px_auto_900px] [content-visibility:auto]"
          >
            <Words text={piece} />
          </span>
        ))
      )}
    </span>
  );
});

const longWord = /\S{500}/;

/**
 * Words, however long. The line breaks of one word of thousands of letters would take seconds: the browser
 * shapes the rest of it anew after each, because kerning reaches over every place where it could break.
 */
export function Words({ text }: { text: string }) {
  return longWord.test(text) ? <span className="[font-kerning:none]">{text}</span> : text;
}
