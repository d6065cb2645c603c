import 'server-only';

/** A setting that the server cannot start with. Its message never holds the value of a secret. */
export class SettingsError extends Error {
  constructor({ name, wrong, example }: { name: string; wrong: string; example: string }) {
    super(`${name} ${wrong} Example: ${name}=${example}`);
    this.name = 'SettingsError';
  }
}
