/**
 * The outcome of a copy. `insecure`: the page is on plain http, where browsers have no clipboard;
 * `unsupported`: this browser's clipboard takes no pictures; `failed`: anything else.
 */
export type CopyOutcome = 'copied' | 'insecure' | 'unsupported' | 'failed';

/** The part of the browser that is used. */
export interface ClipboardWindow {
  isSecureContext: boolean;
  navigator: { clipboard?: Pick<Clipboard, 'write'> };
  ClipboardItem?: Pick<typeof ClipboardItem, 'supports'> &
    (new (
      items: Record<string, Promise<Blob>>,
    ) => ClipboardItem);
}

/** Copies a picture to the clipboard as PNG. To be called synchronously in the click. */
export async function copyPicture(
  getBlob: () => Promise<Blob>,
  browser: ClipboardWindow = globalThis,
  convert: (blob: Blob) => Promise<Blob> = toPng,
): Promise<CopyOutcome> {
  const { isSecureContext, navigator, ClipboardItem } = browser;
  if (!isSecureContext) return 'insecure';
  if (!navigator.clipboard?.write || !ClipboardItem) return 'unsupported';
  // Older browsers have no `supports`, and take PNG.
  if (ClipboardItem.supports?.('image/png') === false) return 'unsupported';
  try {
    // Safari allows this only in the click, so the item is made now and its picture follows.
    const png = getBlob().then(convert);
    // The clipboard reports this error below, except in a browser that refuses the item at once.
    png.catch(() => {});
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    return 'copied';
  } catch {
    return 'failed';
  }
}

/** Converts a picture to PNG, the one format that every clipboard takes. */
async function toPng(blob: Blob): Promise<Blob> {
  if (blob.type === 'image/png') return blob;
  const bitmap = await createImageBitmap(blob);
  try {
    const { width, height } = bitmap;
    if (typeof OffscreenCanvas !== 'undefined') {
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      return await canvas.convertToBlob({ type: 'image/png' });
    }
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (png) =>
          png ? resolve(png) : reject(new Error('This picture is too large for a canvas.')),
        'image/png',
      );
    });
  } finally {
    bitmap.close();
  }
}

/** Copies a text to the clipboard. False if the browser has none, as on plain http. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
