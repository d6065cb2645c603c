import { describe, expect, it } from 'vitest';
import { dragPicture, droppedPicture, isPictureDragged } from './dragged-picture';

const header = { format: 'png', width: 2, height: 1, hasAlpha: false, orientation: 1 } as const;
const picture = {
  hash: 'abc',
  name: 'a bear.png',
  byteLength: 10,
  header,
  parent: { runId: 'run', index: 1 },
};

/** As much of a DataTransfer as is needed. */
function drag(kept: Record<string, string> = {}) {
  return {
    get types() {
      return Object.keys(kept);
    },
    setData: (type: string, text: string) => {
      kept[type] = text;
    },
    getData: (type: string) => kept[type] ?? '',
  } as unknown as DataTransfer;
}

describe('a dragged picture', () => {
  it('is dropped with all that is known of it', () => {
    const data = drag();
    expect(isPictureDragged(data)).toBe(false);
    dragPicture(data, picture);
    expect(isPictureDragged(data)).toBe(true);
    expect(droppedPicture(data)).toEqual(picture);
    dragPicture(data, { ...picture, parent: null });
    expect(droppedPicture(data)).toEqual({ ...picture, parent: null });
  });

  it.each(['', '{', 'null', '[]', '{"hash":1}', '{"hash":"abc","byteLength":1,"header":null}'])(
    'is none where another page has written %s',
    (text) => {
      const data = drag({ 'application/x-turing-picture': text });
      expect(droppedPicture(data)).toBeUndefined();
    },
  );

  it('is none where there is no data', () => {
    expect(isPictureDragged(null)).toBe(false);
    expect(droppedPicture(null)).toBeUndefined();
    expect(droppedPicture(drag({ Files: '' }))).toBeUndefined();
  });
});
