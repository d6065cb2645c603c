'use client';
import type { RunPictureProps } from '../runs/run-actions';

/** What can be done with a picture that an edit made, below it. */
export function EditResult(_place: RunPictureProps) {
  return null;
}
