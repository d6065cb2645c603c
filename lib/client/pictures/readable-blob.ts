/** Whether the browser had room for a Blob: some give one all the same, and say nothing. */
export function isReadable(blob: Blob): Promise<boolean> {
  return blob
    .slice(-1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

/** Whether an error says that the browser has no room for Blobs, or cannot read those it has. */
export function isOutOfRoom(error: unknown): boolean {
  // A worker's errors arrive as plain ones, with their names.
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (name === 'RangeError') return /allocat/i.test(message);
  return name === 'NotReadableError' || name === 'QuotaExceededError';
}
