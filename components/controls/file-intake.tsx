'use client';
import {
  type ChangeEvent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import {
  droppedPicture,
  isPictureDragged,
  type KeptPicture,
} from '@/lib/client/pictures/dragged-picture';
import { takesPastedFiles } from '@/lib/core/references/pasted-files';
import { PlusIcon } from '../ui/icons';
import { isDialogOpen, isTextField } from '../ui/keyboard';

/** The types that file pickers offer. Without HEIC among them, an iPhone converts photos to JPEG. */
export const pickedFormats = 'image/png,image/jpeg,image/webp,image/avif,image/gif,image/bmp';

/**
 * Takes files that are dropped or pasted anywhere on the page, or picked, and pictures of the playground
 * that are dropped. The types of files are not checked here, since a file is judged by its bytes.
 */
export function useFileIntake({
  onFiles,
  onPicture,
  onStray,
}: {
  onFiles: (files: File[]) => void;
  onPicture: (picture: KeptPicture) => void;
  /** Something else arrived: the address of a picture, or a paste without a file. */
  onStray: (what: 'addressOnly' | 'noPicture') => void;
}) {
  const [isDragged, setDragged] = useState(false);
  const end = () => setDragged(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: readonly File[]) => {
    end();
    if (files.length > 0) onFiles([...files]);
  };

  // A drop can be quicker than the overlay, and an address never shows it.
  const onDrop = useEffectEvent((event: DragEvent) => {
    end();
    if (event.defaultPrevented || !event.dataTransfer) return;
    const { files } = event.dataTransfer;
    if (hasFiles(event) || takesAddress(event)) event.preventDefault();
    if (isDialogOpen()) return;
    if (hasFiles(event) && files.length > 0) onFiles([...files]);
    else if (takesAddress(event)) onStray('addressOnly');
  });

  const onDropPicture = useEffectEvent((event: DragEvent) => {
    end();
    const picture = droppedPicture(event.dataTransfer);
    if (picture && !isDialogOpen()) onPicture(picture);
  });

  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData: data, target } = event;
    if (!data || event.defaultPrevented || isDialogOpen()) return;
    const files = [...data.files];
    const isMeant = takesPastedFiles(
      files.map(({ name }) => name),
      data.getData('text/plain'),
      isTextField(target),
    );
    if (isMeant) {
      event.preventDefault();
      onFiles(files);
    } else if (!isTextField(target)) onStray('noPicture');
  });

  useEffect(() => {
    // Any image that is dragged from this page brings a file as well, but only results are meant.
    let isOwn = false;
    let isShown = false;
    // On Linux the middle button pastes what is selected anywhere; that is never a picture.
    let isMiddleButton = false;
    const stop = () => {
      if (!isOwn && !isShown) return;
      isOwn = false;
      isShown = false;
      setDragged(false);
    };
    const listening = new AbortController();
    const listen = <Name extends keyof DocumentEventMap>(
      name: Name,
      listener: (event: DocumentEventMap[Name]) => void,
    ) => document.addEventListener(name, listener, { signal: listening.signal });
    listen('dragstart', () => {
      isOwn = true;
    });
    const isMeant = (event: DragEvent) =>
      isPictureDragged(event.dataTransfer) || (!isOwn && hasFiles(event));
    listen('dragenter', (event) => {
      if (!isMeant(event) || isDialogOpen()) return;
      isShown = true;
      setDragged(true);
    });
    listen('dragover', (event) => {
      // Without this the browser would leave the page for the file.
      if (isMeant(event) || (!isOwn && takesAddress(event))) event.preventDefault();
    });
    // Before the zone, to which the picture would be a file.
    window.addEventListener(
      'drop',
      (event) => {
        if (!isPictureDragged(event.dataTransfer)) return;
        event.preventDefault();
        event.stopPropagation();
        isOwn = false;
        onDropPicture(event);
      },
      { capture: true, signal: listening.signal },
    );
    listen('drop', (event) => {
      if (!isOwn) onDrop(event);
      isOwn = false;
    });
    listen('dragend', stop);
    // Pointers only move again once nothing is dragged any more, however the drag has ended.
    listen('pointermove', stop);
    listen('pointerdown', ({ button }) => {
      isMiddleButton = button === 1;
    });
    listen('keydown', () => {
      isMiddleButton = false;
    });
    listen('paste', (event) => {
      if (!isMiddleButton) onPaste(event);
    });
    return () => listening.abort();
  }, []);

  return {
    /** For `DropOverlay`. */
    zone: { isDragged, onFiles: take, onLeave: end },
    inputProps: {
      ref: input,
      type: 'file',
      multiple: true,
      hidden: true,
      accept: pickedFormats,
      onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
        const files = [...(currentTarget.files ?? [])];
        // So that the same file can be chosen again.
        currentTarget.value = '';
        take(files);
      },
    },
    /** Opens the file picker. */
    open: () => input.current?.click(),
  };
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;

// An address that is dropped on a text field is text.
const takesAddress = ({ dataTransfer, target }: DragEvent) =>
  dataTransfer?.types.includes('text/uri-list') === true && !isTextField(target);

// Lazy, since most visits drop nothing. Where it cannot be loaded, the document takes the drop.
const DropZone = lazy(() => import('./drop-zone').catch(() => ({ default: PlainZone })));

function PlainZone({ className, children }: { className: string; children: ReactNode }) {
  return <div className={className}>{children}</div>;
}

/** Covers the page while files are dragged over it, and takes them. */
export function DropOverlay({
  zone: { isDragged, onFiles, onLeave },
  label,
}: {
  zone: ReturnType<typeof useFileIntake>['zone'];
  /** What a drop does. */
  label: string;
}) {
  if (!isDragged) return null;
  const className = 'fixed inset-0 z-50 grid bg-panel/80 p-4 backdrop-blur-sm';
  const words = (
    <div className="pointer-events-none grid place-items-center rounded-large border-2 border-accent border-dashed">
      <p className="flex items-center gap-2 text-large font-semibold">
        <PlusIcon size={18} aria-hidden />
        {label}
      </p>
    </div>
  );
  return (
    <Suspense fallback={<PlainZone className={className}>{words}</PlainZone>}>
      <DropZone className={className} onFiles={onFiles} onLeave={onLeave}>
        {words}
      </DropZone>
    </Suspense>
  );
}
