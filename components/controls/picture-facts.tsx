import { useLocale, useTranslations } from 'use-intl/react';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import { type PictureExpectation, seenSize } from '@/lib/core/pictures/stored-picture';
import { formatBytes, formatSizeForPeople } from '@/lib/i18n/formats';

/** A picture's properties as its bytes have them, marked where they differ from the request. */
export function PictureFacts({
  header,
  byteLength,
  expected,
  isTransparent = header?.hasAlpha,
}: {
  header: ImageHeader | undefined;
  byteLength: number;
  expected: PictureExpectation;
  /** Whether any pixel is transparent; until the pixels were read, the header decides. */
  isTransparent?: boolean;
}) {
  const t = useTranslations('picture');
  const run = useTranslations('run');
  const locale = useLocale();
  const size = header && seenSize(header);
  const lacksAlpha = expected.hasAlpha === true && isTransparent === false;
  return (
    <p className="flex min-w-0 flex-wrap gap-x-2.5 py-1 text-small text-muted">
      {size && (
        <Fact
          look="font-mono"
          text={formatSizeForPeople(size)}
          differs={
            expected.size !== undefined &&
            expected.size !== size &&
            t('asked', { value: formatSizeForPeople(expected.size) })
          }
        />
      )}
      {header && (
        <Fact
          text={header.format.toUpperCase()}
          differs={
            expected.format !== undefined &&
            expected.format !== header.format &&
            t('asked', { value: expected.format.toUpperCase() })
          }
        />
      )}
      <Fact text={formatBytes(byteLength, locale)} />
      {expected.tokens !== undefined && size === expected.size && (
        <Fact text={run('tokens', { count: expected.tokens })} />
      )}
      {isTransparent && <Fact text={t('alpha')} />}
      {/* The usual case, and the first to go where it would take a line of its own. */}
      {isTransparent === false && !lacksAlpha && (
        <span className="contents @max-[220px]:hidden no-hover:hidden">
          <Fact text={t('opaque')} />
        </span>
      )}
      {lacksAlpha && <Fact text={t('noAlpha')} differs={t('asked', { value: 'alpha' })} />}
    </p>
  );
}

function Fact({
  text,
  look = '',
  differs = false,
}: {
  text: string;
  look?: string;
  differs?: string | false;
}) {
  if (!differs) return <span className={`whitespace-nowrap ${look}`}>{text}</span>;
  return (
    <span className={`text-warn ${look}`}>
      ⚠ {text} ({differs})
    </span>
  );
}

/**
 * The caption of a picture and of its placeholder. Both have the same height, so that nothing moves when
 * the picture arrives; without a mouse it has room for the buttons.
 */
export const captionLook = 'mt-1 min-h-[26px] no-hover:min-h-10 no-hover:@max-[330px]:min-h-[66px]';
