/**
 * Whether a picture's address is at one of some hosts, read as the browser reads them in a content security policy:
 * `*.` is every host below, and no port is the usual one of the address.
 */
export function isAllowedHost(
  { protocol, hostname, port }: Pick<URL, 'protocol' | 'hostname' | 'port'>,
  hosts: readonly string[],
): boolean {
  const usualPort = protocol === 'http:' ? '80' : '443';
  return hosts.some((host) => {
    const [name = '', allowedPort = usualPort] = host.split(':');
    if (allowedPort !== (port || usualPort)) return false;
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
  });
}
