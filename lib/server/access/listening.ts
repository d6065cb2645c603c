import 'server-only';

// What Node's diagnostic report says of a socket, as far as it is used here.
interface ReportedHandle {
  type: string;
  localEndpoint?: { ip4?: string; ip6?: string; port: number } | null;
  remoteEndpoint?: object | null;
}

/**
 * The addresses that this process listens on, as the sockets themselves have it, whatever Next made
 * of its arguments: it listens before the first line of ours runs, and tells no one where.
 */
export function listeningAddresses(): string[] {
  // Its types are older than Node 20.13.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  const before = report.excludeNetwork;
  // Otherwise each address would be looked up in the DNS.
  report.excludeNetwork = true;
  const { libuv = [] } = report.getReport() as unknown as { libuv?: ReportedHandle[] };
  report.excludeNetwork = before;
  return libuv
    .filter(({ type, remoteEndpoint }) => type === 'tcp' && !remoteEndpoint)
    .flatMap(({ localEndpoint }) => localEndpoint?.ip4 ?? localEndpoint?.ip6 ?? []);
}

/** Whether only this machine reaches all of these addresses; of none it is not known. */
export function isLoopback(addresses: readonly string[]): boolean {
  return (
    addresses.length > 0 && addresses.every((address) => /^127\.|^::1$|^::ffff:127\./.test(address))
  );
}
