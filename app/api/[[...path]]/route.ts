import { guardedEach, refuseAllMethods } from '@/lib/server/routes';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseAllMethods());
