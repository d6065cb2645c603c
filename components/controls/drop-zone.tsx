'use client';
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';

/** Takes the files that are dropped on it, those in folders too. */
export default function DropZone({
  className,
  onFiles,
  onLeave,
  children,
}: {
  className: string;
  onFiles: (files: File[]) => void;
  /** The drag has left the page. */
  onLeave: () => void;
  children: ReactNode;
}) {
  const { getRootProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    // It would also prevent drops of text into text fields.
    preventDropOnDocument: false,
    onDragLeave: onLeave,
    onDrop: onFiles,
  });
  return <div {...getRootProps({ className })}>{children}</div>;
}
