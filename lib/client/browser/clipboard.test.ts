import { describe, expect, it } from 'vitest';
import { type ClipboardWindow, copyPicture } from './clipboard';

/** A browser with a clipboard, and what was put on it. */
function clipboardWindow(change: Partial<ClipboardWindow> = {}) {
  const items: Record<string, Promise<Blob>>[] = [];
  const order: string[] = [];
  class Item {
    static supports = (type: string) => type === 'image/png';
    constructor(readonly parts: Record<string, Promise<Blob>>) {
      order.push('item');
      items.push(parts);
    }
  }
  const write = async () => {
    order.push('write');
    await items[0]?.['image/png'];
  };
  const browser = {
    isSecureContext: true,
    navigator: { clipboard: { write } },
    ClipboardItem: Item,
    ...change,
  } as unknown as ClipboardWindow;
  return { browser, items, order };
}

const jpeg = new Blob(['jpeg'], { type: 'image/jpeg' });
const png = new Blob(['png'], { type: 'image/png' });
const getBlob = async () => jpeg;
const convert = async () => png;

describe('copyPicture', () => {
  it('puts the picture on the clipboard as PNG', async () => {
    const { browser, items } = clipboardWindow();
    expect(await copyPicture(getBlob, browser, convert)).toBe('copied');
    expect(await items[0]?.['image/png']).toBe(png);
  });

  it('asks for the clipboard within the click, before the picture is there', () => {
    const { browser, order } = clipboardWindow();
    void copyPicture(() => new Promise(() => {}), browser, convert);
    expect(order).toEqual(['item', 'write']);
  });

  it('says that a page on plain http has no clipboard, and does not fetch the picture', async () => {
    const { browser } = clipboardWindow({ isSecureContext: false, navigator: {} });
    const never = () => Promise.reject(new Error('asked for'));
    expect(await copyPicture(never, browser, convert)).toBe('insecure');
  });

  it.each([
    ['no clipboard', { navigator: {} }],
    ['no items', { ClipboardItem: undefined }],
    ['no pictures', { ClipboardItem: { supports: () => false } as never }],
  ])('says that this browser cannot: %s', async (_, change) => {
    const { browser } = clipboardWindow(change);
    expect(await copyPicture(getBlob, browser, convert)).toBe('unsupported');
  });

  it('says that it failed where the picture cannot be had, or the browser refuses', async () => {
    const { browser } = clipboardWindow();
    const fail = () => Promise.reject(new Error('gone'));
    expect(await copyPicture(fail, browser, convert)).toBe('failed');
    const refusing = clipboardWindow({ navigator: { clipboard: { write: fail } } });
    expect(await copyPicture(getBlob, refusing.browser, convert)).toBe('failed');
  });
});
