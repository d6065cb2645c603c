import 'server-only';
import { catalogue } from '../core/models/catalogue';
import type { Model } from '../core/models/model';
import { mergeModelsFile } from './models-file';
import { processWide } from './process-wide';
import { SettingsError } from './settings-error';

/** Where requests go: the company's gateway with its key, or the embedded demo gateway. */
export type Gateway =
  | { mode: 'gateway'; baseUrl: string; apiKey: string }
  | { mode: 'demo'; latencyMs: number };

/** The settings of a running server; see .env.example. */
export interface Config {
  gateway: Gateway;
  models: Model[];
  /** The longest silence of upstream, in ms: to its first byte, and between two. */
  timeoutMs: number;
  /** The origin that browsers see, where a proxy in front hides it. */
  publicOrigin: string | undefined;
}

/** The settings of this process, read once. @throws SettingsError */
export function getConfig(): Config {
  return processWide('config', () => readConfig(process.env));
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
    timeoutMs: readMilliseconds(setting, 'TURING_TIMEOUT_MS', 600_000, 1),
    publicOrigin: readOrigin(setting('PUBLIC_ORIGIN')),
  };
}

type Read = (name: string) => string | undefined;

function readGateway(setting: Read): Gateway {
  const apiKey = setting('TURING_API_KEY');
  const baseUrl = readBaseUrl(setting('TURING_BASE_URL'));
  if (apiKey === undefined) {
    return { mode: 'demo', latencyMs: readMilliseconds(setting, 'DEMO_LATENCY_MS', 1500, 0) };
  }
  const keyIs = (wrong: string) =>
    new SettingsError({ name: 'TURING_API_KEY', wrong, example: 'sk-0123456789abcdef' });
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw keyIs('has spaces or characters that an HTTP header cannot carry.');
  }
  // The key is looked for in all that passes; a shorter one would be found by chance in pictures.
  if (apiKey.length < 8) throw keyIs('is too short: a key has at least 8 characters.');
  if (baseUrl === undefined) {
    throw new SettingsError({
      name: 'TURING_BASE_URL',
      wrong: 'is missing: TURING_API_KEY is set, but not the gateway that it belongs to.',
      example: 'https://gateway.example.com/api/v1',
    });
  }
  return { mode: 'gateway', baseUrl, apiKey };
}

function readBaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const wrong = (words: string) =>
    new SettingsError({
      name: 'TURING_BASE_URL',
      wrong: words,
      example: 'https://gateway.example.com/api/v1',
    });
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
  throw new SettingsError({
    name: 'PUBLIC_ORIGIN',
    wrong: 'must be scheme and host as the browser shows them, with no path.',
    example: 'https://playground.example.com',
  });
}

function readMilliseconds(setting: Read, name: string, fallback: number, min: number): number {
  const text = setting(name);
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  // setTimeout takes no more than 31 bits.
  const max = 2 ** 31 - 1;
  if (value >= min && value <= max) return value;
  throw new SettingsError({
    name,
    wrong: `must be a whole number of milliseconds from ${min} to ${max}.`,
    example: String(fallback),
  });
}

function parseHttpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined;
}
