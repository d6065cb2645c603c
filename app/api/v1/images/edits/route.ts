import { guardedEach, refuseOtherMethods, withAuth } from '@/lib/server/routes';
import { serve } from '@/lib/server/serve';

export const dynamic = 'force-dynamic';

export const POST = withAuth((request, caller) => serve('edits', request, { caller }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('POST'));
