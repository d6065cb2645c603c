import { guardedEach, withAuth } from '@/lib/server/access/with-auth';
import { refuseOtherMethods } from '@/lib/server/request/method-guard';
import { serve } from '@/lib/server/serve';

export const dynamic = 'force-dynamic';

export const POST = withAuth((request, caller) => serve('generations', request, { caller }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('POST'));
