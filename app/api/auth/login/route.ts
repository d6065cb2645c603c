import { signIn } from '@/lib/server/access/auth-requests';
import { refuseOtherMethods } from '@/lib/server/method-guard';

export const dynamic = 'force-dynamic';

export const POST = (request: Request) => signIn(request);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('POST');
