import { curlSample, type TextFile } from './curl-sample';
import { jsonSample } from './json-sample';
import { pythonSample } from './python-sample';
import { filesOf, type SampleFile, type SentRequest } from './sent-request';
import type { SampleTarget } from './targets';
import { typescriptSample } from './typescript-sample';

export const sampleLanguages = ['curl', 'python', 'typescript', 'json'] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

export interface CodeSample {
  code: string;
  /** What the code itself is saved as. */
  fileName: string;
  /** The files that it reads, which have to lie beside it. */
  files: (SampleFile | TextFile)[];
}

/** A request as code that sends the same again. */
export function codeSample(
  request: SentRequest,
  { language, target }: { language: SampleLanguage; target: SampleTarget },
): CodeSample {
  const files = filesOf(request);
  switch (language) {
    case 'curl': {
      const { code, texts } = curlSample(request, target);
      return { code, fileName: 'request.sh', files: [...files, ...texts] };
    }
    case 'python':
      return { code: pythonSample(request, target), fileName: 'request.py', files };
    case 'typescript':
      return { code: typescriptSample(request, target), fileName: 'request.mts', files };
    case 'json':
      return { code: jsonSample(request), fileName: 'request.json', files };
  }
}
