import { guardedEach } from '@/lib/server/access/with-auth';
import { refuseAllMethods } from '@/lib/server/request/method-guard';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseAllMethods());
