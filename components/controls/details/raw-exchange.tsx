import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { SentRun } from '@/lib/client/runs/sent-run';
import { jsonSample } from '@/lib/core/code-samples/json-sample';
import { requestOfAnswer, requestOfRun } from '@/lib/core/code-samples/sent-request';
import { endpointPaths } from '@/lib/core/code-samples/targets';
import { CopyDetails } from '../failure-notice';

/** Request and answer as they were on the wire, without the bytes of pictures. */
export function RawExchange(sent: SentRun) {
  const t = useTranslations('details');
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="cursor-pointer font-medium">{t('raw')}</summary>
      {isOpen && <RawTexts {...sent} />}
    </details>
  );
}

function RawTexts(sent: SentRun) {
  const t = useTranslations('details');
  const code = useTranslations('code');
  const request = 'run' in sent ? requestOfRun(sent.run) : requestOfAnswer(sent.answer, sent.path);
  const { answerFacts, trouble } = 'run' in sent ? sent.run : sent.answer;
  const asked = request && `POST ${endpointPaths[request.endpoint]}\n\n${jsonSample(request)}`;
  const answered = answerFacts?.text || trouble?.message;
  return (
    <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-muted text-small">{t('elided')}</p>
      {[
        { title: t('request'), text: asked, missing: t('unknown') },
        { title: t('answer'), text: answered, missing: t('notKept') },
      ].map(({ title, text, missing }) => (
        <section key={title}>
          <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
            <h4>{title}</h4>
            {text && <CopyDetails key={text} text={text} label={code('copy')} />}
          </div>
          {text ? (
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
              tabIndex={0}
              dir="ltr"
              className="max-h-72 overflow-auto rounded-small bg-sunken p-2.5 font-mono text-small wrap-anywhere whitespace-pre-wrap"
            >
              {text}
            </pre>
          ) : (
            <p className="text-muted text-small">{missing}</p>
          )}
        </section>
      ))}
    </div>
  );
}
