import 'server-only';
import { BlockList, isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { type SettingName, SettingsError } from './settings-error';

// How the value of each kind of setting is read. All throw a SettingsError.

/** Gives the value of a setting; undefined: not set. */
export type Read = (name: string) => string | undefined;

/** What may stand in a header, without spaces. */
export const visibleAscii = /^[\x21-\x7e]+$/;

/** The URL of the gateway, without a slash at its end. */
export function readBaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const wrong = (words: string) => new SettingsError('TURING_BASE_URL', words);
  const url = parseHttpUrl(text);
  if (!url) throw wrong('is not an http or https URL.');
  if (url.username || url.password) throw wrong('must not contain a user name or password.');
  if (url.search || url.hash) throw wrong('must not have a query (?) or fragment (#).');
  return url.href.replace(/\/+$/, '');
}

/** The URL of a PostgreSQL. What is wrong is said without its words, among which is a password. */
export function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPostgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:';
  if (isPostgres && url.host !== '' && url.pathname.length > 1) return text;
  throw new SettingsError(
    'DATABASE_URL',
    'must be the URL of a PostgreSQL: postgres://, a host, and the name of a database. ' +
      'Special characters in its password must be percent-encoded.',
  );
}

/** Scheme and host, as browsers show them. */
export function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = parseHttpUrl(text);
  if (url && text.replace(/\/$/, '').toLowerCase() === url.origin) return url.origin;
  throw new SettingsError(
    'PUBLIC_ORIGIN',
    'must be scheme and host as browsers show them, without a path.',
  );
}

/**
 * A path, which counts from the folder in which the server was started.
 * @param isMoved whether the server has left that folder: Next's standalone server changes into its
 * own, which the next build replaces with all that is in it
 * @throws SettingsError if it has left it and the path is relative
 */
export function readPath<Path extends string | undefined>(
  name: 'DATA_DIR' | 'MODELS_FILE',
  { path, isMoved }: { path: Path; isMoved: boolean },
): Path {
  if (path === undefined || !isMoved || isAbsolute(path)) return path;
  throw new SettingsError(
    name,
    `must be an absolute path, not ${path}, because the standalone server changes its folder.`,
  );
}

interface NumberRange {
  unit: string;
  fallback: number;
  min: number;
  max: number;
}

/** The range of a time in ms; setTimeout takes at most 31 bits. */
export function milliseconds(fallback: number, min: number): NumberRange {
  return { unit: 'milliseconds', fallback, min, max: 2 ** 31 - 1 };
}

/** A whole number within a range. */
export function readNumber(
  setting: Read,
  name: SettingName,
  { unit, fallback, min, max }: NumberRange,
): number {
  const text = setting(name);
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new SettingsError(name, `must be a whole number of ${unit} from ${min} to ${max}.`);
}

/** A limit that is not set by default. */
export function readBudget(setting: Read, name: SettingName, unit: string): number | undefined {
  if (setting(name) === undefined) return undefined;
  return readNumber(setting, name, { unit, fallback: 1, min: 1, max: 1_000_000 });
}

/** A TCP port; undefined: not set. */
export function readPort(setting: Read, name: SettingName): number | undefined {
  const text = setting(name);
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new SettingsError(name, 'must be a port: a whole number from 1 to 65535.');
}

/** Hosts. They go into a header as they are, so nothing but a host and a port may stand in one. */
export function readPictureHosts(text: string | undefined): string[] {
  const hosts = (text ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const isHost = (host: string) =>
    /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(host) &&
    URL.canParse(`http://${host.replace('*.', '')}`);
  const wrong = hosts.find((host) => !isHost(host));
  if (wrong === undefined) return [...new Set(hosts)];
  throw new SettingsError(
    'PICTURE_HOSTS',
    'must be host names, optionally with ports, separated by commas or spaces; *.example.com is every host below.',
  );
}

/** What somebody must know to come in. It goes into a header. */
export function readSecret(
  setting: Read,
  name: 'APP_PASSWORD' | 'PROXY_SECRET',
): string | undefined {
  const text = setting(name);
  if (text === undefined) return undefined;
  const wrong = (words: string) => new SettingsError(name, words);
  if (!visibleAscii.test(text)) {
    throw wrong('may contain only ASCII letters, digits and symbols, without spaces.');
  }
  if (text.length < 8) throw wrong('is too short: it must have at least 8 characters.');
  if (text.length > 256) throw wrong('is too long: it must have at most 256 characters.');
  return text;
}

// What clients and proxies send of themselves can't be a person's name.
const takenHeaders =
  /^(accept|content|sec|transfer)(-|$)|^(authorization|connection|cookie|expect|forwarded|host|idempotency-key|origin|prefer|referer|te|trailer|upgrade|user-agent|via|visitor|x-forwarded-(for|host|port|proto|server|uri)|x-proxy-secret|x-real-ip)$/;

/** The name of a header that a proxy adds, in lower case. */
export function readHeaderName(text: string | undefined): string | undefined {
  const name = text?.toLowerCase();
  if (name === undefined || (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && !takenHeaders.test(name))) {
    return name;
  }
  throw new SettingsError(
    'TRUSTED_USER_HEADER',
    'must be the name of a header that nobody but the proxy sends, of letters, digits and hyphens.',
  );
}

/** 1 or 0. */
export function readSwitch(setting: Read, name: SettingName): boolean {
  const text = setting(name) ?? '0';
  if (text === '1' || text === '0') return text === '1';
  throw new SettingsError(name, 'must be 1 or 0.');
}

/** Addresses and networks. */
export function readTrustedProxies(text: string | undefined): BlockList {
  const list = new BlockList();
  for (const entry of (text ?? '').split(/[\s,]+/).filter(Boolean)) {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    const isNetwork = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
    if (family === 0 || !isNetwork || rest.length > 0) {
      throw new SettingsError(
        'TRUSTED_PROXIES',
        `must be addresses or networks of proxies, separated by commas; ${entry.slice(0, 100)} is not one.`,
      );
    }
    list.addSubnet(address, Number(bits ?? most), family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

function parseHttpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined;
}
