import { reportHealth } from '@/lib/server/health';
import { refuseOtherMethods } from '@/lib/server/request/method-guard';

export const dynamic = 'force-dynamic';

export const GET = () => reportHealth();

export const { POST, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('GET', 'HEAD');
