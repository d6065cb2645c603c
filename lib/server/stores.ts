import 'server-only';
import { getConfig } from './config';
import { createSharedAudit } from './postgres/audit-rows';
import { getPostgres, isPostgresOpen } from './postgres/open-postgres';
import { getDiskStore } from './runs/disk-store';
import type { RunStore } from './runs/run-store';
import { type Admission, getDiskAdmission } from './sharing/admission';
import { type Audit, getFileAudit } from './usage/audit';

// With DATABASE_URL everything that requests share is in the database, otherwise on the disk.

const isShared = () => getConfig().databaseUrl !== undefined;

/** The runs of this server. @throws ApiError `store_unavailable` until the database has answered once */
export async function getRunStore(): Promise<RunStore> {
  return isShared() ? getPostgres().store : getDiskStore();
}

/** Decides who may send. @throws the file system's error, or as `getRunStore` */
export function getAdmission(): Admission {
  return isShared() ? getPostgres().admission : getDiskAdmission();
}

/** Whether the database, where there is one, has answered once. Before, nobody who signs in is known. */
export function areStoresOpen(): boolean {
  return !isShared() || isPostgresOpen();
}

/** Who sent what. @throws as `getRunStore` */
export function getAudit(): Audit {
  return isShared() ? createSharedAudit(getPostgres()) : getFileAudit();
}

/** @throws ApiError `store_unavailable` until the database, where there is one, has answered once */
export function requireStores(): void {
  if (isShared()) getPostgres();
}
