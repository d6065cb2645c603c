'use client';
import { useEffect } from 'react';
import { keepFollowingGallery } from '@/lib/client/gallery/gallery-store';
import { GalleryWall } from './gallery-wall';

/** The Gallery page: everything that was made on any page, on one wall. */
export function GalleryStudio() {
  useEffect(keepFollowingGallery, []);
  return <GalleryWall />;
}
