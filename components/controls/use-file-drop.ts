'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { isTextField } from '../ui/keyboard';

/** What file pickers offer. Without HEIC in it, an iPhone hands its photos over as JPEG by itself. */
export const pickedFormats = 'image/png,image/jpeg,image/webp,image/avif,image/gif,image/bmp';

/**
 * Takes files that are dropped anywhere on the page, or picked. What they are is not judged here.
 * `zoneProps` are for the `DropOverlay`, `inputProps` for a file input, which `open` opens.
 * @param onAddress What was dropped brings an address instead of a file, as pictures of other pages do.
 */
export function useFileDrop(onFiles: (files: File[]) => void, onAddress: () => void) {
  const [isDragged, setDragged] = useState(false);
  const end = () => setDragged(false);
  const { getInputProps, getRootProps, open } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    // The page takes no drop from its text fields, as the hook would; see below.
    preventDropOnDocument: false,
    onDragLeave: end,
    onDrop: (files) => {
      end();
      if (files.length > 0) onFiles(files);
    },
  });
  const dropBeside = useEffectEvent((event: DragEvent) => {
    end();
    // The zone has had it.
    if (event.defaultPrevented || !event.dataTransfer) return;
    const { files } = event.dataTransfer;
    if (hasFiles(event) || takesAddress(event)) event.preventDefault();
    if (hasFiles(event) && files.length > 0) onFiles([...files]);
    else if (takesAddress(event)) onAddress();
  });

  useEffect(() => {
    let isOwn = false;
    let isShown = false;
    const start = () => {
      isOwn = true;
    };
    const enter = (event: DragEvent) => {
      if (isOwn || !hasFiles(event)) return;
      isShown = true;
      setDragged(true);
    };
    const over = (event: DragEvent) => {
      // Without this the browser would leave the page for the file.
      if (!isOwn && (hasFiles(event) || takesAddress(event))) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!isOwn) dropBeside(event);
      isOwn = false;
    };
    const stop = () => {
      if (!isOwn && !isShown) return;
      isOwn = false;
      isShown = false;
      setDragged(false);
    };
    const listeners = {
      dragstart: start,
      dragenter: enter,
      dragover: over,
      drop,
      dragend: stop,
      // Only moves again once nothing is dragged any more, however that has ended.
      pointermove: stop,
    } satisfies { [name in keyof DocumentEventMap]?: (event: never) => void };
    for (const [name, listener] of Object.entries(listeners)) {
      document.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        document.removeEventListener(name, listener as EventListener);
      }
    };
  }, []);

  return {
    isDragged,
    zoneProps: getRootProps(),
    inputProps: getInputProps({ accept: pickedFormats }),
    open,
  };
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;

// An address may be meant for a text field.
const takesAddress = ({ dataTransfer, target }: DragEvent) =>
  dataTransfer?.types.includes('text/uri-list') === true && !isTextField(target);
