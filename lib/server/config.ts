import 'server-only';
import { BlockList, isIP } from 'node:net';
import { catalogue } from '../core/models/catalogue';
import type { Model } from '../core/models/model';
import type { BudgetLimits } from '../core/sharing/budgets';
import { readGatewayProxy } from './gateway-proxy';
import { mergeModelsFile } from './models-file';
import { type SettingName, SettingsError } from './settings-error';
import { singleton } from './singleton';

/** Where requests go: the company's gateway with its key, or the embedded demo gateway. */
export type Gateway =
  | {
      mode: 'gateway';
      baseUrl: string;
      apiKey: string;
      /** The URL of the proxy that it is asked through. */
      proxy?: string | undefined;
    }
  | { mode: 'demo'; latencyMs: number };

/** The settings of a running server; see .env.example. */
export interface Config {
  gateway: Gateway;
  models: Model[];
  /** The longest silence of upstream, in ms: to its first byte, and between two. */
  timeoutMs: number;
  /** The origin that browsers see, where a proxy in front hides it. */
  publicOrigin: string | undefined;
  /** Where runs and their answers are kept. */
  dataDir: string;
  /** The most bytes that all answers together may take on disk. */
  spoolMaxBytes: number;
  /** How long an ended run is kept, in ms. */
  spoolMaxAgeMs: number;
  /** How long what is under way may take once the server is told to stop, in ms. */
  shutdownGraceMs: number;
  /** Hosts, with a port where they have one, whose pictures a page may show. */
  pictureHosts: string[];
  /** What everybody has to know who uses the server; undefined: it stands open. */
  password: string | undefined;
  /** Whether a server with a key may stand open to whoever reaches it. */
  allowOpen: boolean;
  /** What each person may use; see `sharing/admission`. */
  budgets: BudgetLimits;
  /** The proxies whose word counts on who is behind them. */
  trustedProxies: BlockList;
}

/** The settings of this process, read once. @throws SettingsError */
export function getConfig(): Config {
  return singleton('config', () => readConfig(process.env));
}

/**
 * Reads and checks the settings.
 * @throws SettingsError a sentence that names the setting, what is wrong, and an example
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const setting = (name: string) => env[name]?.trim() || undefined;
  return {
    gateway: readGateway(setting),
    models: mergeModelsFile(catalogue, setting('MODELS_FILE')),
    timeoutMs: readNumber(setting, 'TURING_TIMEOUT_MS', milliseconds(600_000, 1)),
    publicOrigin: readOrigin(setting('PUBLIC_ORIGIN')),
    dataDir: setting('DATA_DIR') ?? '.data',
    spoolMaxBytes: readNumber(setting, 'SPOOL_MAX_BYTES', {
      unit: 'bytes',
      fallback: 10 * 1024 ** 3,
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
    }),
    spoolMaxAgeMs:
      hourMs *
      // Ten years at most: whoever wants to keep everything can say so.
      readNumber(setting, 'SPOOL_MAX_AGE_HOURS', {
        unit: 'hours',
        fallback: 24,
        min: 1,
        max: 87_600,
      }),
    shutdownGraceMs:
      1000 *
      readNumber(setting, 'SHUTDOWN_GRACE_SECONDS', {
        unit: 'seconds',
        fallback: 300,
        min: 0,
        max: 86_400,
      }),
    pictureHosts: readPictureHosts(setting('PICTURE_HOSTS')),
    password: readPassword(setting('APP_PASSWORD')),
    allowOpen: readSwitch(setting, 'ALLOW_OPEN'),
    budgets: {
      requestsPerMinute: readBudget(setting, 'BUDGET_REQUESTS_PER_MINUTE', 'requests'),
      picturesPerDay: readBudget(setting, 'BUDGET_PICTURES_PER_DAY', 'pictures'),
      runsAtOnce: readBudget(setting, 'BUDGET_RUNS_AT_ONCE', 'runs'),
    },
    trustedProxies: readTrustedProxies(setting('TRUSTED_PROXIES')),
  };
}

const hourMs = 60 * 60 * 1000;
const visibleAscii = /^[\x21-\x7e]+$/;

/** Gives the value of a setting; undefined: not set. */
type Read = (name: string) => string | undefined;

function readGateway(setting: Read): Gateway {
  const apiKey = setting('TURING_API_KEY');
  const baseUrl = readBaseUrl(setting('TURING_BASE_URL'));
  if (apiKey === undefined) {
    const latencyMs = readNumber(setting, 'DEMO_LATENCY_MS', milliseconds(1500, 0));
    return { mode: 'demo', latencyMs };
  }
  if (!visibleAscii.test(apiKey)) {
    throw new SettingsError(
      'TURING_API_KEY',
      'contains spaces or characters that are not allowed in an HTTP header.',
    );
  }
  // The key is looked for in all that passes; a shorter one would be found by chance in pictures.
  if (apiKey.length < 8) {
    throw new SettingsError('TURING_API_KEY', 'is too short: it must have at least 8 characters.');
  }
  if (baseUrl === undefined) {
    throw new SettingsError(
      'TURING_BASE_URL',
      'is missing: TURING_API_KEY is set, but not the address of its gateway.',
    );
  }
  return { mode: 'gateway', baseUrl, apiKey, proxy: readGatewayProxy(setting, baseUrl) };
}

function readBaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const wrong = (words: string) => new SettingsError('TURING_BASE_URL', words);
  const url = parseHttpUrl(text);
  if (!url) throw wrong('is not an http or https URL.');
  if (url.username || url.password) throw wrong('must not contain a user name or password.');
  if (url.search || url.hash) throw wrong('must not have a query (?) or fragment (#).');
  return url.href.replace(/\/+$/, '');
}

function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = parseHttpUrl(text);
  if (url && text.replace(/\/$/, '').toLowerCase() === url.origin) return url.origin;
  throw new SettingsError(
    'PUBLIC_ORIGIN',
    'must be scheme and host as browsers show them, without a path.',
  );
}

interface NumberRange {
  unit: string;
  fallback: number;
  min: number;
  max: number;
}

/** @param min setTimeout takes at most 31 bits, which is the maximum */
function milliseconds(fallback: number, min: number): NumberRange {
  return { unit: 'milliseconds', fallback, min, max: 2 ** 31 - 1 };
}

function readNumber(
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

function readBudget(setting: Read, name: SettingName, unit: string): number | undefined {
  if (setting(name) === undefined) return undefined;
  return readNumber(setting, name, { unit, fallback: 1, min: 1, max: 1_000_000 });
}

// They go into a header as they are, so nothing but a host and a port may stand in one.
function readPictureHosts(text: string | undefined): string[] {
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
    'must be host names, optionally with ports, separated by commas or spaces.',
  );
}

function readPassword(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const wrong = (words: string) => new SettingsError('APP_PASSWORD', words);
  // SDKs send it in a header.
  if (!visibleAscii.test(text)) {
    throw wrong('may contain only ASCII letters, digits and symbols, without spaces.');
  }
  if (text.length < 8) throw wrong('is too short: it must have at least 8 characters.');
  if (text.length > 256) throw wrong('is too long: it must have at most 256 characters.');
  return text;
}

function readSwitch(setting: Read, name: SettingName): boolean {
  const text = setting(name) ?? '0';
  if (text === '1' || text === '0') return text === '1';
  throw new SettingsError(name, 'must be 1 or 0.');
}

function readTrustedProxies(text: string | undefined): BlockList {
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
