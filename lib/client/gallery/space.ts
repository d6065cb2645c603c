import type { UsedSpace } from '../storage/kept-cards';
import type { FileKind } from '../storage/schema';
import { storeWorker } from './store-worker';

/** What the browser tells of its storage. Each part is undefined where it tells nothing, as over plain http. */
export interface BrowserRoom {
  /** How many bytes are left, as it claims: a private window promises more than it can give back. */
  left: number | undefined;
  /** Whether it deletes nothing by itself. */
  isForGood: boolean | undefined;
}

/** What the stored pictures use, by kind (`copies`: their smaller copies), and what the browser tells. */
export async function loadSpace(): Promise<
  { used: Record<FileKind | 'copies', UsedSpace> } & BrowserRoom
> {
  const [used, room] = await Promise.all([storeWorker.call('space', {}), browserRoom()]);
  return { used, ...room };
}

/** What the browser tells of its storage. Throws nothing. */
export async function browserRoom(
  storage: Partial<StorageManager> | undefined = browserStorage(),
): Promise<BrowserRoom> {
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const { quota, usage } = estimate ?? {};
  return {
    left: quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage),
    isForGood: await storage?.persisted?.().catch(() => undefined),
  };
}

/** Asks the browser to delete nothing by itself, on a click. @returns whether it agrees */
export async function keepForGood(
  storage: Partial<StorageManager> | undefined = browserStorage(),
): Promise<boolean> {
  return (await storage?.persist?.().catch(() => false)) ?? false;
}

function browserStorage(): StorageManager | undefined {
  return (globalThis.navigator as Navigator | undefined)?.storage;
}
