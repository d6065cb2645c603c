import { guardedEach, listModels, refuseOtherMethods, withAuth } from '@/lib/server/routes';

export const dynamic = 'force-dynamic';

export const GET = withAuth(() => listModels());

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
