import { toPng } from './to-png';

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
