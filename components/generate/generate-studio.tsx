'use client';
import type { Model } from '@/lib/core/models/model';
import { GenerateForm } from './generate-form';
import { Stage } from './stage';

/** The Generate page: the form, and beside it everything that was started. */
export function GenerateStudio({ models }: { models: readonly Model[] }) {
  return (
    <div className="flex min-h-0 flex-1 max-wide:flex-col">
      <GenerateForm models={models} />
      <Stage models={models} />
    </div>
  );
}
