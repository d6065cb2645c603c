import { type NextRequest, NextResponse } from 'next/server';
import { getConfig } from '@/lib/server/config';
import { deleteCookie, doubledCookie } from '@/lib/server/cookies';
import { giveVisitor, newVisitor, readVisitor } from '@/lib/server/visitor';

/** Pages get a policy with a fresh nonce, and the visitor a name. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({ nonce, pictureHosts: getConfig().pictureHosts });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from the request.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const doubled = doubledCookie(request.headers);
  const deleted = doubled === undefined ? [] : deleteCookie(doubled, request);
  for (const cookie of deleted) response.headers.append('set-cookie', cookie);
  if (readVisitor(request.headers) === undefined) {
    giveVisitor(response, newVisitor(), request.headers);
  }
  return response;
}

export const config = {
  // Not /api: a proxy in the way cuts request bodies at 10 MB. Prefetches too: anybody can call a request
  // for a page a prefetch, and would get it without its policy. What only begins like
  // one of these files is a page too, which says that there is none.
  matcher: '/((?!api/|api$|_next/static/|_next/image$|favicon[.]ico$).*)',
};

function contentSecurityPolicy({
  nonce,
  pictureHosts,
}: {
  nonce: string;
  pictureHosts: readonly string[];
}): string {
  const pictures = pictureHosts.flatMap((host) => [` https://${host}`, ` http://${host}`]).join('');
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React's development build rebuilds server stacks with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The development overlay and hot reload write style elements without a nonce.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' blob: data:${pictures}`,
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
