'use client';
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later, useLater } from '@/lib/client/browser/later';
import { type SlashQuery, slashQuery } from '@/lib/core/prompts/slash-query';
import { OpenSheet } from '../../ui/sheet';

const parts = later(() => import('./snippet-parts'));

/**
 * Has a slash at the start of a word list snippets and earlier prompts, in any text box. An input method
 * at work is left alone.
 * @returns what is to be rendered beside the box
 */
export function useSnippets(
  box: RefObject<HTMLTextAreaElement | null>,
  onType: (text: string) => void,
): ReactNode {
  const t = useTranslations('snippets');
  const shell = useTranslations('shell');
  const [at, setAt] = useState<SlashQuery>();
  // The slash word that was left by Escape.
  const [left, setLeft] = useState<number>();
  const [isManaging, setManaging] = useState(false);
  const isWanted = at !== undefined || isManaging;
  const found = useLater(parts, isWanted);

  const look = useEffectEvent((isTyped: boolean, isComposing: boolean) => {
    const { selectionStart = 0, selectionEnd = 0, value = '' } = box.current ?? {};
    const isCaret = !isComposing && selectionStart === selectionEnd;
    const query = isCaret ? slashQuery(value, selectionStart) : undefined;
    if (!query) {
      setLeft(undefined);
      setAt(undefined);
      return;
    }
    // Only typing opens the list; a click into a text that has a slash does not.
    if (isTyped ? query.start !== left : at !== undefined) setAt(query);
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Rendering before React has heard of the input would put the old text back.
    const lookSoon = (isComposing: boolean) => setTimeout(() => look(true, isComposing));
    const onInput = (event: Event) => lookSoon(event instanceof InputEvent && event.isComposing);
    const onEnd = () => lookSoon(false);
    const onMove = () => look(false, false);
    const onLeave = () => setAt(undefined);
    element.addEventListener('input', onInput);
    element.addEventListener('compositionend', onEnd);
    element.addEventListener('keyup', onMove);
    element.addEventListener('click', onMove);
    element.addEventListener('blur', onLeave);
    return () => {
      element.removeEventListener('input', onInput);
      element.removeEventListener('compositionend', onEnd);
      element.removeEventListener('keyup', onMove);
      element.removeEventListener('click', onMove);
      element.removeEventListener('blur', onLeave);
    };
  });

  if (typeof found !== 'object') return null;
  const Parts = found.value;
  return (
    <>
      {at && (
        <Parts.SnippetMenu
          box={box}
          at={at}
          onType={(text, caret) => {
            onType(text);
            setAt(undefined);
            setLeft(undefined);
            requestAnimationFrame(() => box.current?.setSelectionRange(caret, caret));
          }}
          onLeave={() => {
            setLeft(at.start);
            setAt(undefined);
          }}
          onManage={() => {
            setAt(undefined);
            setManaging(true);
          }}
        />
      )}
      {isManaging && (
        <OpenSheet
          title={t('title')}
          closeLabel={shell('close')}
          onClose={() => {
            setManaging(false);
            box.current?.focus();
          }}
        >
          <Parts.SnippetList />
        </OpenSheet>
      )}
    </>
  );
}
