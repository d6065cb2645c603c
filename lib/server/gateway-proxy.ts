import 'server-only';
import { SettingsError } from './settings-error';

/**
 * The proxy between this server and the gateway, from the variables that curl and others read:
 * `HTTPS_PROXY` for an https gateway, `HTTP_PROXY` for an http one, each also in lower case, which
 * counts first. `NO_PROXY` lists hosts without one: names with their subdomains, with a port or
 * not, or `*`. A gateway on this machine is never asked through a proxy.
 * @param setting gives the value of a variable; undefined: not set
 * @returns the proxy's URL, which may hold a password
 * @throws SettingsError if it is none
 */
export function readGatewayProxy(
  setting: (name: string) => string | undefined,
  baseUrl: string,
): string | undefined {
  const gateway = new URL(baseUrl);
  const name = gateway.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const text = setting(name.toLowerCase()) ?? setting(name);
  const exceptions = setting('no_proxy') ?? setting('NO_PROXY') ?? '';
  if (text === undefined || isExcepted(gateway, exceptions)) return undefined;
  // As curl takes it: a proxy without a scheme speaks http.
  const url = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new SettingsError(name, 'is not the http or https URL of a proxy.');
}

function isExcepted({ protocol, hostname, port }: URL, exceptions: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)) return true;
  const hostPort = port || (protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, host = '', wanted = hostPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (entry === '*') return true;
      if (host === '' || wanted !== hostPort) return false;
      return hostname === host || hostname.endsWith(`.${host}`);
    });
}
