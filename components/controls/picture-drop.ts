'use client';
import { useState } from 'react';
import { useDropzone } from 'react-dropzone';

/** What file pickers offer. Without HEIC in it, an iPhone hands its photos over as JPEG by itself. */
const picked = 'image/png,image/jpeg,image/webp,image/avif,image/gif,image/bmp';

/** Takes files that are picked. What they are is not judged here. */
export function usePictureDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [isDragged] = useState(false);
  const { getInputProps, getRootProps, open } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    onDrop: (files) => onFiles(files),
  });
  return {
    isDragged,
    inputProps: getInputProps({ accept: picked }),
    rootProps: getRootProps(),
    open,
  };
}
