import 'server-only';
import type { BlockList } from 'node:net';
import { catalogue } from '../core/models/catalogue';
import type { Model } from '../core/models/model';
import type { BudgetLimits } from '../core/sharing/budgets';
import {
  milliseconds,
  type Read,
  readBaseUrl,
  readBudget,
  readDatabaseUrl,
  readHeaderName,
  readNumber,
  readOrigin,
  readPath,
  readPictureHosts,
  readPort,
  readSecret,
  readSwitch,
  readTrustedProxies,
  visibleAscii,
} from './config-values';
import { readGatewayProxy } from './gateway-proxy';
import { mergeModelsFile } from './models-file';
import { SettingsError } from './settings-error';
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

/** The header in which a proxy names the person. */
export interface TrustedUserHeader {
  /** Its name, in lower case. */
  header: string;
  /** What the proxy must send beside it. */
  secret: string | undefined;
}

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
  /** Where several servers keep what they share; undefined: this one keeps it in `dataDir`. It holds a password. */
  databaseUrl: string | undefined;
  /** The most bytes that all answers together may take. */
  spoolMaxBytes: number;
  /** How long an ended run is kept, in ms. */
  spoolMaxAgeMs: number;
  /** How long what is under way may take once the server is told to stop, in ms. */
  shutdownGraceMs: number;
  /** Hosts, with a port where they have one, whose pictures a page may show. */
  pictureHosts: string[];
  /**
   * How people come in: `header`: a proxy names them; `password`: they sign in. undefined: the server stands
   * open. No other setting says whether somebody may come in.
   */
  lock: 'header' | 'password' | undefined;
  /** What SDKs send as their key, and people sign in with if the lock is `password`; undefined: no key is asked for. */
  password: string | undefined;
  trustedUser: TrustedUserHeader | undefined;
  /** Whether a server with a key may stand open to whoever reaches it. */
  allowOpen: boolean;
  /** What each person may use; see `sharing/admission`. */
  budgets: BudgetLimits;
  /** The port on which the metrics are served; undefined: they are not. */
  metricsPort: number | undefined;
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
  const password = readSecret(setting, 'APP_PASSWORD');
  const trustedUser = readTrustedUserHeader(setting);
  // Set by Next's standalone server alone.
  const isMoved = env.__NEXT_PRIVATE_STANDALONE_CONFIG !== undefined;
  const models = readPath('MODELS_FILE', { path: setting('MODELS_FILE'), isMoved });
  return {
    gateway: readGateway(setting),
    models: mergeModelsFile(catalogue, models),
    timeoutMs: readNumber(setting, 'TURING_TIMEOUT_MS', milliseconds(600_000, 1)),
    publicOrigin: readOrigin(setting('PUBLIC_ORIGIN')),
    dataDir: readPath('DATA_DIR', { path: setting('DATA_DIR') ?? '.data', isMoved }),
    databaseUrl: readDatabaseUrl(setting('DATABASE_URL')),
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
    lock: trustedUser ? 'header' : password === undefined ? undefined : 'password',
    password,
    trustedUser,
    allowOpen: readSwitch(setting, 'ALLOW_OPEN'),
    budgets: {
      requestsPerMinute: readBudget(setting, 'BUDGET_REQUESTS_PER_MINUTE', 'requests'),
      picturesPerDay: readBudget(setting, 'BUDGET_PICTURES_PER_DAY', 'pictures'),
      runsAtOnce: readBudget(setting, 'BUDGET_RUNS_AT_ONCE', 'runs'),
    },
    metricsPort: readPort(setting, 'METRICS_PORT'),
    trustedProxies: readTrustedProxies(setting('TRUSTED_PROXIES')),
  };
}

const hourMs = 60 * 60 * 1000;

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

function readTrustedUserHeader(setting: Read): TrustedUserHeader | undefined {
  const header = readHeaderName(setting('TRUSTED_USER_HEADER'));
  const secret = readSecret(setting, 'PROXY_SECRET');
  const proxies = setting('TRUSTED_PROXIES');
  if (header === undefined) {
    if (secret === undefined) return undefined;
    throw new SettingsError('TRUSTED_USER_HEADER', 'is missing: PROXY_SECRET is of no use alone.');
  }
  if (proxies === undefined) {
    throw new SettingsError(
      'TRUSTED_PROXIES',
      'is missing: TRUSTED_USER_HEADER is set, but not the addresses of the proxies that may send it.',
    );
  }
  if (secret === undefined && /\/0+([\s,]|$)/.test(proxies)) {
    throw new SettingsError(
      'TRUSTED_PROXIES',
      'has every address, so anybody could send TRUSTED_USER_HEADER. Name the proxies, or set PROXY_SECRET.',
    );
  }
  return { header, secret };
}
