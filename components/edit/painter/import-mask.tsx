import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { MaskFileReading } from '@/lib/client/canvas/mask-files';
import type { ImportedMask, MaskSession } from '@/lib/client/edit/mask-session';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { Button, IconButton } from '../../ui/button';
import { CloseIcon } from '../../ui/icons';

const people = ({ width, height }: { width: number; height: number }) =>
  formatSizeForPeople(`${width}x${height}`);

/** Takes a mask from a file, and says how it was read, or why it was not. */
export function ImportMask({ session, className }: { session: MaskSession; className: string }) {
  const t = useTranslations('painter');
  const shell = useTranslations('shell');
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<{
    file: File;
    reading: MaskFileReading;
    result: ImportedMask;
  } | null>(null);
  const [isReading, setReading] = useState(false);
  const read = async (file: File, reading: MaskFileReading) => {
    setReading(true);
    // The painter itself says why, where it can't be used.
    const result = await session.importMask(file, reading).catch(() => null);
    setReading(false);
    setOutcome(result && { file, reading, result });
  };
  const isAskew = (size: { width: number; height: number }) =>
    Math.abs(size.width / size.height / (session.size.width / session.size.height) - 1) > 0.01;
  const isByAlpha = outcome?.result.kind === 'done' && outcome.result.by === 'alpha';
  const otherBy = isByAlpha ? 'lightness' : 'alpha';
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('import')}
        data-testid="mask-import"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file can be chosen again.
          currentTarget.value = '';
          if (file) void read(file, { isScaled: false });
        }}
      />
      <Button
        className={className}
        title={t('importHint')}
        why={isReading ? t('importing') : undefined}
        onClick={() => input.current?.click()}
      >
        {t('import')}
      </Button>
      {outcome && (
        <div
          role={outcome.result.kind === 'done' ? 'status' : 'alert'}
          className="order-last flex w-full items-start gap-2 rounded-small bg-sunken p-2 text-small"
        >
          <div className="min-w-0 flex-1">
            {outcome.result.kind === 'done' && (
              <>
                <p>{t(`importedBy.${outcome.result.by}`)}</p>
                <Button
                  look="link"
                  className="mt-1"
                  onClick={() => session.dispatch({ type: 'apply', operation: { kind: 'invert' } })}
                >
                  {t('importInvert')}
                </Button>
                {outcome.result.isSoft && (
                  <p className="mt-1">
                    {t('importSoft')}{' '}
                    <Button
                      look="link"
                      why={isReading ? t('importing') : undefined}
                      onClick={() => void read(outcome.file, { ...outcome.reading, isHard: true })}
                    >
                      {t('importHard')}
                    </Button>
                  </p>
                )}
                {outcome.result.isAmbiguous && (
                  <Button
                    look="link"
                    className="mt-1 block"
                    why={isReading ? t('importing') : undefined}
                    onClick={() => void read(outcome.file, { ...outcome.reading, by: otherBy })}
                  >
                    {t(`importBy.${otherBy}`)}
                  </Button>
                )}
              </>
            )}
            {outcome.result.kind === 'other-size' && (
              <>
                <p>
                  {t('otherSize', {
                    mask: people(outcome.result.size),
                    picture: people(session.size),
                  })}{' '}
                  {isAskew(outcome.result.size) && t('otherShape')}
                </p>
                <Button
                  className="mt-1.5"
                  why={isReading ? t('importing') : undefined}
                  onClick={() => void read(outcome.file, { isScaled: true })}
                >
                  {t('scale', { size: people(session.size) })}
                </Button>
              </>
            )}
            {outcome.result.kind === 'unreadable' && (
              <p>{t('unreadable', { name: outcome.file.name })}</p>
            )}
            {outcome.result.kind === 'too-large' && (
              <p>{t('tooLarge', { name: outcome.file.name, most: outcome.result.most / 1e6 })}</p>
            )}
          </div>
          <IconButton label={shell('close')} className="-my-1" onClick={() => setOutcome(null)}>
            <CloseIcon size={14} aria-hidden />
          </IconButton>
        </div>
      )}
    </>
  );
}
