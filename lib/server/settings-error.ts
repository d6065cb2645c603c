import 'server-only';

// A right value of each setting that can be wrong.
const examples = {
  ALLOW_OPEN: '1',
  APP_PASSWORD: 'four-quiet-words-here',
  BUDGET_PICTURES_PER_DAY: '200',
  BUDGET_REQUESTS_PER_MINUTE: '10',
  BUDGET_RUNS_AT_ONCE: '4',
  DATABASE_URL: 'postgres://playground@db.example.com/playground',
  DATA_DIR: '/var/lib/turing-playground',
  DEMO_LATENCY_MS: '1500',
  HTTPS_PROXY: 'http://proxy.example.com:3128',
  HTTP_PROXY: 'http://proxy.example.com:3128',
  METRICS_PORT: '9464',
  MODELS_FILE: '/etc/turing-playground/models.json',
  PICTURE_HOSTS: 'pictures.example.com, cdn.example.com:8443',
  PROXY_SECRET: '5f0c9a7b31d84e62',
  PUBLIC_ORIGIN: 'https://playground.example.com',
  SHUTDOWN_GRACE_SECONDS: '300',
  SPOOL_MAX_AGE_HOURS: '24',
  SPOOL_MAX_BYTES: '10737418240',
  TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
  TRUSTED_USER_HEADER: 'X-Forwarded-User',
  TURING_API_KEY: 'sk-0123456789abcdef',
  TURING_BASE_URL: 'https://gateway.example.com/api/v1',
  TURING_TIMEOUT_MS: '600000',
};

/** A setting whose value can stop the start. */
export type SettingName = keyof typeof examples;

/** A setting that the server cannot start with. Its message never holds the value of a secret. */
export class SettingsError extends Error {
  /** @param wrong what is wrong with it: the rest of a sentence that begins with its name */
  constructor(setting: SettingName, wrong: string) {
    super(`${setting} ${wrong} Example: ${setting}=${examples[setting]}`);
    this.name = 'SettingsError';
  }
}
