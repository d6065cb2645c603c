/**
 * What became of a copy. `insecure`: the page is on plain http, where browsers give no clipboard;
 * `unsupported`: this browser's clipboard takes no pictures; `failed`: anything else.
 */
export type CopyOutcome = 'copied' | 'insecure' | 'unsupported' | 'failed';

/** What of the browser is needed. */
export interface ClipboardWindow {
  isSecureContext: boolean;
  navigator: { clipboard?: Pick<Clipboard, 'write'> };
  ClipboardItem?: Pick<typeof ClipboardItem, 'supports'> &
    (new (
      items: Record<string, Promise<Blob>>,
    ) => ClipboardItem);
}

/** Puts a picture on the clipboard as PNG. Call it at once in the click. */
export async function copyPicture(
  getBlob: () => Promise<Blob>,
  browser: ClipboardWindow = globalThis,
  convert: (blob: Blob) => Promise<Blob> = toPng,
): Promise<CopyOutcome> {
  const { isSecureContext, navigator, ClipboardItem } = browser;
  if (!isSecureContext) return 'insecure';
  if (!navigator.clipboard?.write || !ClipboardItem) return 'unsupported';
  // Older ones have no `supports`, and take PNG.
  if (ClipboardItem.supports?.('image/png') === false) return 'unsupported';
  try {
    // Safari allows it in the click itself only, so the item is made now and its picture comes later.
    const png = getBlob().then(convert);
    // Told below, where the clipboard waits for it; a browser that refuses at once does not.
    png.catch(() => {});
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    return 'copied';
  } catch {
    return 'failed';
  }
}

/** A picture as PNG, the one format that every clipboard takes. A PNG comes back as it is. */
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

/** Puts a text on the clipboard. False where the browser has none, as on plain http. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
