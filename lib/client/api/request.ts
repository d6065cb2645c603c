import { pageHeaders } from './page-headers';

// The only file of the browser that fetches.

/** Somebody has clicked and waits. */
const longestClickMs = 8_000;

/** Whether the server answers at the moment. */
export async function isServerThere(): Promise<boolean> {
  const signal = AbortSignal.timeout(longestClickMs);
  return ask('/api/health', { signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Whether the server has what keeps its runs and sessions. */
export async function isStoreThere(): Promise<boolean> {
  return ask('/api/ready')
    .then((answer) => answer.json())
    .then(
      ({ store }) => store === true,
      () => false,
    );
}

/** Sends a request. It throws where the connection failed, not for an answer of any kind. */
export function ask(
  path: string,
  { headers, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(path, {
    ...init,
    headers: { ...headers, ...pageHeaders() },
    cache: 'no-store',
    redirect: 'error',
  });
}
