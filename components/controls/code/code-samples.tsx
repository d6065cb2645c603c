'use client';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { saveBlob } from '@/lib/client/pictures/downloads';
import { usePictureUrl } from '@/lib/client/pictures/picture-files';
import type { SentRun } from '@/lib/client/runs/sent-run';
import {
  codeSample,
  type SampleLanguage,
  sampleLanguages,
} from '@/lib/core/code-samples/code-sample';
import { environment } from '@/lib/core/code-samples/environment';
import {
  requestOfAnswer,
  requestOfRun,
  type SampleFile,
  type SentRequest,
} from '@/lib/core/code-samples/sent-request';
import type { SampleTarget } from '@/lib/core/code-samples/targets';
import { Button } from '../../ui/button';
import { DownloadIcon } from '../../ui/icons';
import { Segmented } from '../../ui/segmented';
import { CopyDetails } from '../failure-notice';

const languageNames: Record<SampleLanguage, string> = {
  curl: 'curl',
  python: 'Python',
  typescript: 'TypeScript',
  json: 'JSON',
};

/** The request of a run as code, in one of several languages, and the files that the code reads. */
export function CodeSamples(sent: SentRun) {
  const t = useTranslations('code');
  // What was sent does not change any more.
  const [request] = useState(() =>
    'run' in sent ? requestOfRun(sent.run) : requestOfAnswer(sent.answer, sent.path),
  );
  return request ? <Samples request={request} /> : <p>{t('unknown')}</p>;
}

function Samples({ request }: { request: SentRequest }) {
  const t = useTranslations('code');
  const [language, setLanguage] = useState<SampleLanguage>('curl');
  const [target, setTarget] = useState<SampleTarget>('app');
  const { code, fileName, files } = codeSample(request, { language, target });
  const save = (text: string, name: string) =>
    saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid grid-cols-2 gap-3 max-roomy:grid-cols-[minmax(0,1fr)]">
        <Segmented
          label={t('language')}
          value={language}
          choices={sampleLanguages.map((value) => ({ value, label: languageNames[value] }))}
          onChoose={(value) => setLanguage(value as SampleLanguage)}
        />
        <Segmented
          label={t('target')}
          value={target}
          choices={(['app', 'gateway'] as const).map((value) => ({ value, label: t(value) }))}
          onChoose={(value) => setTarget(value as SampleTarget)}
        />
      </div>
      {language !== 'json' && (
        <CodeBlock
          title={t('environment')}
          code={environment(target, location.origin)}
          note={t(target === 'app' ? 'appKey' : 'gatewayKey')}
        />
      )}
      <CodeBlock
        title={t('request')}
        code={code}
        note={t('cost')}
        onSave={() => save(code, fileName)}
      />
      {files.length > 0 && (
        <section>
          <h3 className="font-medium">{t('files')}</h3>
          <p className="mb-2 text-muted text-small">{t('filesHint')}</p>
          <ul className="flex flex-wrap gap-2">
            {files.map((file) => (
              <li key={file.name}>
                {'text' in file ? (
                  <Button onClick={() => save(file.text, file.name)}>
                    <DownloadIcon size={14} aria-hidden />
                    {file.name}
                  </Button>
                ) : (
                  <FileLink file={file} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** The same bytes as were sent. */
function FileLink({ file: { name, hash } }: { file: SampleFile }) {
  const t = useTranslations('code');
  const url = usePictureUrl(hash);
  if (url === null) return <span className="text-muted">{t('gone', { name })}</span>;
  return (
    <a
      href={url}
      download={name}
      className="inline-flex items-center gap-1.5 rounded-small border border-line-strong bg-raised px-2.5 py-1.5 font-medium hover:bg-sunken"
    >
      <DownloadIcon size={14} aria-hidden />
      {name}
    </a>
  );
}

function CodeBlock({
  title,
  code,
  note,
  onSave,
}: {
  title: string;
  code: string;
  note: string;
  onSave?: () => void;
}) {
  const t = useTranslations('code');
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <h3 id={id} className="mr-auto font-medium">
          {title}
        </h3>
        {onSave && (
          <Button onClick={onSave}>
            <DownloadIcon size={14} aria-hidden />
            {t('save')}
          </Button>
        )}
        <CopyDetails key={code} text={code} label={t('copy')} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
        tabIndex={0}
        dir="ltr"
        className="max-h-[42dvh] overflow-auto rounded-small bg-sunken p-3 font-mono text-small"
      >
        <code>{code}</code>
      </pre>
      <p className="mt-1.5 text-muted text-small">{note}</p>
    </section>
  );
}
