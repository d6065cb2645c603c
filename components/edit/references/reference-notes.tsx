'use client';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { convertReference } from '@/lib/client/edit/convert-reference';
import {
  editReferencesStore,
  undoRemoval,
  useEditReferences,
} from '@/lib/client/edit/edit-references';
import { hasMask, useFirstMask } from '@/lib/client/edit/first-mask-store';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { findMisfits, type Misfit } from '@/lib/core/references/intake';
import { isStoredUpright, type MaskFate, maskFate } from '@/lib/core/references/reference';
import { Button, IconButton } from '../../ui/button';
import { CloseIcon, UndoIcon } from '../../ui/icons';

/** What holds of the list as it is: pictures that the model does not take, or that are gone. */
export function ReferenceNotes({ limits }: { limits: IntakeLimits }) {
  const t = useTranslations('references');
  const references = useEditReferences((state) => state.references);
  const lost = useEditReferences((state) => state.lost);
  const unkept = useEditReferences((state) => state.unkept);
  const isShared = useEditReferences((state) => state.isShared);
  const [isSharedClosed, setSharedClosed] = useState(false);
  const misfits = findMisfits(references, limits);
  const surplus = misfits.filter(({ reason }) => reason === 'count').map(({ number }) => number);
  const [first] = references;
  const readOtherwise = first && !isStoredUpright(first) ? first.header : undefined;
  return (
    <div role="status">
      {readOtherwise && (
        <Note>{t(readOtherwise.orientation === 1 ? 'unclearFirst' : 'turnedFirst')}</Note>
      )}
      {surplus.length > 0 && (
        <Note look="warn">{t('tooMany', { max: limits.max, numbers: surplus.join(', ') })}</Note>
      )}
      {misfits.map((misfit) => (
        <MisfitNote key={misfit.number} misfit={misfit} limits={limits} />
      ))}
      {references.map(
        ({ id, hash, name }, index) =>
          lost.includes(hash) && (
            <Note key={id} look="warn">
              {t('lost', { number: index + 1, name: name || t('unnamed') })}
            </Note>
          ),
      )}
      {references.some(({ hash }) => unkept.includes(hash)) && (
        <Note look="warn">
          {t('unkept', {
            numbers: references
              .flatMap(({ hash }, index) => (unkept.includes(hash) ? [index + 1] : []))
              .join(', '),
          })}
        </Note>
      )}
      {isShared && !isSharedClosed && (
        <Note onClose={() => setSharedClosed(true)}>{t('shared')}</Note>
      )}
    </div>
  );
}

function MisfitNote({ misfit, limits }: { misfit: Misfit; limits: IntakeLimits }) {
  const t = useTranslations('references');
  const references = useEditReferences((state) => state.references);
  if (misfit.reason === 'count') return null;
  const { number, offer } = misfit;
  const id = references[number - 1]?.id ?? '';
  return (
    <Note look="warn">
      {misfit.reason === 'format'
        ? t('misfit.format', { number, format: misfit.format.toUpperCase() })
        : t('misfit.bytes', {
            number,
            byteLength: misfit.byteLength,
            maxBytes: limits.maxBytes,
          })}
      <span className="mt-1 block">
        <Button onClick={() => void convertReference(id, offer, limits)}>
          {t(`offer.${offer}`)}
        </Button>
      </span>
    </Note>
  );
}

/** What was taken off the list last, with the way to have it back. */
export function RemovedNote() {
  const t = useTranslations('references');
  const last = useEditReferences((state) => state.removed.at(-1));
  const [closed, setClosed] = useState<typeof last>();
  return (
    <div role="status">
      {last && last !== closed && !last.isByResult && (
        <Note onClose={() => setClosed(last)}>
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">
              {t(last.replacedBy === null ? 'removed' : 'replaced', {
                name: last.reference.name || t('unnamed'),
              })}
            </span>
            <Button
              look="link"
              onClick={() => {
                undoRemoval();
                focusReference(last.reference.id);
              }}
            >
              <UndoIcon size={13} aria-hidden />
              {t('undo')}
            </Button>
          </span>
        </Note>
      )}
    </div>
  );
}

type State = ReturnType<typeof editReferencesStore.getState>;

/** After another picture has become the first: what becomes of the mask of the one before. */
export function MaskFateNote() {
  const t = useTranslations('references');
  const session = useFirstMask((state) => state.session);
  const [fate, setFate] = useState<MaskFate>();

  const look = useEffectEvent((state: State, earlier: State) => {
    const { references, removed } = state;
    const [before] = earlier.references;
    const [first] = references;
    if (!before || before.id === first?.id) return;
    // Undo is no fate, and what was taken off earlier has nothing to do with this.
    const isBack = removed.length < earlier.removed.length;
    const last = removed === earlier.removed ? undefined : removed.at(-1);
    const next = maskFate(before, references, last?.replacedBy ?? null);
    // Where all was put aside, or the new one begins with the same mask, that is said elsewhere.
    const isSaid =
      isBack || state.putAside !== earlier.putAside || last?.isMaskTaken || last?.isByResult;
    setFate(next && !isSaid && hasMask(before.maskId) ? next : undefined);
  });
  useEffect(() => editReferencesStore.subscribe((state, before) => look(state, before)), []);

  return (
    <div role="status">
      {fate && (
        <Note onClose={() => setFate(undefined)}>
          {t(`mask.${fate.kind}`, 'number' in fate ? { number: fate.number } : {})}
          {session && <OwnMask session={session} />}
        </Note>
      )}
    </div>
  );
}

/** That what is the first picture now has a mask, too: known once that is open. */
function OwnMask({ session }: { session: MaskSession }) {
  const t = useTranslations('references');
  const isPainted = useMaskSession(session, (state) => state.share > 0);
  return isPainted ? ` ${t('mask.own')}` : null;
}

const looks = {
  plain: 'bg-sunken text-muted',
  warn: 'bg-warn-soft text-warn',
  raised: 'bg-panel text-text shadow-raised',
};

/** Something to know about the references, below them. */
export function Note({
  look = 'plain',
  onClose,
  children,
}: {
  look?: keyof typeof looks;
  onClose?: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('references');
  return (
    <div
      className={`mt-2 flex gap-1 rounded-small py-1.5 pl-2.5 text-small ${onClose ? 'pr-1' : 'pr-2.5'} ${looks[look]}`}
    >
      <div className="min-w-0 flex-1 py-px break-words">{children}</div>
      {onClose && (
        <IconButton
          label={t('close')}
          className="size-[24px] shrink-0"
          onClick={() => {
            onClose();
            focusReferences();
          }}
        >
          <CloseIcon size={13} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

/** Gives a reference the focus once it is on the page. */
function focusReference(id: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-reference="${CSS.escape(id)}"]`)?.focus();
  });
}

/** Gives the list the focus, where what had it below has gone. */
function focusReferences(): void {
  document.querySelector<HTMLElement>('[data-references] [tabindex="0"]')?.focus();
}
