import { guardedEach } from '@/lib/server/access/guarded';
import { refuseAllMethods } from '@/lib/server/method-guard';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseAllMethods());
