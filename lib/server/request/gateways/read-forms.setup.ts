import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { formParsers, type ReadPart, type SentBody } from './parsers.setup';

/** What each parser reads of a form; null where it refuses it. */
export type Readings = Record<string, ReadPart[] | null>;

/** Reads forms with the parsers of Python; without Python there are none. */
function readByPython(forms: SentBody[]): Promise<{ parsers: string[]; readings: Readings[] }> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'python3',
      [join(import.meta.dirname, 'parsers.py')],
      { maxBuffer: 1024 ** 3 },
      (error, stdout) => {
        if (error?.code === 'ENOENT') resolve({ parsers: [], readings: [] });
        else if (error) reject(error);
        else resolve(JSON.parse(stdout));
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(
      JSON.stringify(
        forms.map(({ contentType, bytes }) => ({ contentType, base64: bytes.toString('base64') })),
      ),
    );
  });
}

/** The names of the parsers that there are on this machine. */
export async function parserNames(): Promise<string[]> {
  const { parsers } = await readByPython([]);
  const python =
    parsers.length === 0 ? ['no python3 here'] : parsers.map((name) => `python ${name}`);
  return [...Object.keys(formParsers), ...python];
}

/** Reads forms with every parser. */
export async function readForms(forms: SentBody[]): Promise<Readings[]> {
  const { readings } = await readByPython(forms);
  return Promise.all(
    forms.map(async (form, index) => {
      const entries = Object.entries(formParsers).map(async ([name, parse]) => [
        name,
        await parse(form).catch(() => null),
      ]);
      return { ...Object.fromEntries(await Promise.all(entries)), ...readings[index] };
    }),
  );
}
