import { useEffect, useEffectEvent } from 'react';
import { takesPastedFiles } from '@/lib/core/references/pasted-files';
import { isDialogOpen, isTextField } from '../ui/keyboard';

/**
 * Takes files that are pasted anywhere on the page. Text goes where it is pasted, as ever.
 * @param onNone Something else was pasted where nothing takes it.
 */
export function usePastedFiles(onFiles: (files: File[]) => void, onNone: () => void): void {
  const take = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData: data, target } = event;
    if (!data || event.defaultPrevented || isDialogOpen()) return;
    const files = [...data.files];
    const isMeant = takesPastedFiles({
      fileNames: files.map(({ name }) => name),
      text: data.getData('text/plain'),
      isTextField: isTextField(target),
    });
    if (isMeant) {
      event.preventDefault();
      onFiles(files);
    } else if (!isTextField(target)) {
      onNone();
    }
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => take(event);
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);
}
