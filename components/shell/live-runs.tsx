'use client';
import { useEffect } from 'react';
import { later, useLater } from '@/lib/client/browser/later';
import { keptCookie } from '@/lib/core/kept-cookie';

const live = later(() => import('@/lib/client/runs/follow-runs'));
const parts = later(() => import('./live-parts'));

/** Resumes and carries on everything in flight, on every page, and tells of it in the tab's title. */
export function LiveRuns() {
  const found = useLater(live, false);
  const Parts = useLater(parts, false);
  useEffect(() => {
    // Only a first visit surely has no runs to show or to resume.
    if (!document.cookie.includes(`${keptCookie}=`)) return;
    live.begin();
    parts.begin();
  }, []);
  useEffect(() => {
    if (typeof found === 'object') return found.value.followRuns();
  }, [found]);
  return typeof Parts === 'object' && <Parts.value.LiveParts />;
}
