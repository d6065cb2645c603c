import { expect, it } from 'vitest';
import { weighBlob } from './weigh-blob';

it('lets the engine see what a file takes, once', () => {
  const megabytes = 8;
  const blob = new Blob([new Uint8Array(megabytes * 1e6)]);
  const seen = () => process.memoryUsage().arrayBuffers / 1e6;
  const before = seen();
  expect(weighBlob(weighBlob(blob))).toBe(blob);
  expect(seen() - before).toBeGreaterThan(megabytes * 0.9);
  expect(seen() - before).toBeLessThan(megabytes * 1.9);
});
