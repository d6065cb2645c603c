import type { ImageHeader } from '../bytes/image-header';
import type { RunPlace } from '../runs/run-entry';
import type { Reference } from './reference';

const formats: Record<ImageHeader['format'], true> = {
  png: true,
  jpeg: true,
  webp: true,
  gif: true,
  avif: true,
};

/** The references of a draft that was kept, perhaps by an earlier version; what is none is left out. */
export function readReferences(kept: unknown): Reference[] {
  return Array.isArray(kept) ? kept.flatMap((one) => readReference(one) ?? []) : [];
}

function readReference(kept: unknown): Reference | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, hash, name, byteLength, header, maskId, parent } = kept as Partial<Reference>;
  if (typeof id !== 'string' || typeof hash !== 'string' || typeof maskId !== 'string') return;
  if (typeof byteLength !== 'number' || !isHeader(header)) return undefined;
  return {
    id,
    hash,
    name: typeof name === 'string' ? name : '',
    byteLength,
    header,
    maskId,
    parent: isRunPlace(parent) ? { runId: parent.runId, index: parent.index } : null,
  };
}

function isHeader(kept: ImageHeader | undefined): kept is ImageHeader {
  const isNumber = (value: unknown) => value === undefined || typeof value === 'number';
  return (
    typeof kept === 'object' &&
    kept !== null &&
    Object.hasOwn(formats, kept.format) &&
    isNumber(kept.width) &&
    isNumber(kept.height) &&
    typeof kept.orientation === 'number'
  );
}

function isRunPlace(kept: RunPlace | null | undefined): kept is RunPlace {
  return typeof kept?.runId === 'string' && typeof kept.index === 'number';
}
