import 'server-only';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { singleton } from '../singleton';

const pepper = () => singleton('password-pepper', () => randomBytes(32));

/** What stands for a text in memory: of one length, and of no use to whoever reads it there. */
export function digestOf(text: string): Buffer {
  return createHmac('sha256', pepper()).update(text).digest();
}

/** Compares a guess with the password, in a time that tells nothing of either. */
export function isPassword(guess: string, password: string): boolean {
  return timingSafeEqual(digestOf(guess), digestOf(password));
}
