import { expect, it } from 'vitest';
import { weighBlob } from './weigh-blob';

it('lets the engine see what a file takes, once', () => {
  const bytes = new Uint8Array(64e6);
  const blob = new Blob([bytes]);
  const seen = () => process.memoryUsage().arrayBuffers;
  const before = seen();
  expect(weighBlob(weighBlob(blob))).toBe(blob);
  // What else is let go of meanwhile is small beside it; the bytes themselves are used below.
  const shareSeen = (seen() - before) / bytes.length;
  expect(shareSeen).toBeGreaterThan(0.8);
  expect(shareSeen).toBeLessThan(1.2);
});
