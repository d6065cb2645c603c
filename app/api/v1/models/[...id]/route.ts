import { guardedEach, refuseOtherMethods, showModel, withAuth } from '@/lib/server/routes';

export const dynamic = 'force-dynamic';

export const GET = withAuth((request) => showModel(request));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
