'use client';

export { CrashNotice as default } from '@/components/shell/notice';
