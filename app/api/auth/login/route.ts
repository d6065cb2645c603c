import { handleSignIn } from '@/lib/server/access/auth-requests';
import { refuseOtherMethods } from '@/lib/server/routes';

export const dynamic = 'force-dynamic';

export const POST = (request: Request) => handleSignIn(request);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('POST');
