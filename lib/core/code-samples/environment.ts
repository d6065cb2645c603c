import { shellWord } from './shell-words';
import { type SampleTarget, targetVariables } from './targets';

/**
 * The commands that set what a sample reads. No key is ever filled in, nor the gateway's address, which
 * the server does not tell.
 * @param origin this app's
 */
export function environment(target: SampleTarget, origin: string): string {
  const { address, key } = targetVariables[target];
  const base = target === 'app' ? origin : 'https://gateway.example.com';
  return `export ${address}=${shellWord(`${base}/api/v1`)}\nexport ${key}='…'\n`;
}
