import { expect, it } from 'vitest';
import { environment } from './environment';

it('names the address of this app, and no key', () => {
  expect(environment('app', 'http://tools:3000')).toBe(
    "export PLAYGROUND_BASE_URL='http://tools:3000/api/v1'\nexport PLAYGROUND_API_KEY='…'\n",
  );
  expect(environment('gateway', 'http://tools:3000')).not.toContain('tools');
});
