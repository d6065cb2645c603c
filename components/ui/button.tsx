import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { CloseIcon } from './icons';

/** A main button that does nothing now: dimmed only, its words could hardly be read on the accent. */
export const idlePrimary =
  'aria-disabled:bg-sunken aria-disabled:text-muted aria-disabled:opacity-100 aria-disabled:inset-ring aria-disabled:inset-ring-line-strong';

const looks = {
  primary: `bg-accent text-accent-text live-hover:bg-accent-hover font-semibold rounded-large px-3 py-2.5 ${idlePrimary}`,
  plain:
    'border border-line-strong bg-raised live-hover:bg-sunken font-medium rounded-small px-2.5 py-1.5',
  quiet: 'text-muted live-hover:bg-sunken live-hover:text-text rounded-small px-2 py-1',
  link: 'text-accent-ink underline underline-offset-2 rounded-small',
};

interface MayBeIdle {
  /** Why it does nothing now; undefined while it works. */
  why?: string;
}

/** A push button. `type` is "button" unless said otherwise, so that none submits by accident. */
export function Button({
  look = 'plain',
  className = '',
  why,
  ...rest
}: ComponentProps<'button'> & MayBeIdle & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      {...rest}
      {...idle(why)}
      className={`${buttonClasses(look)} ${className}`}
    />
  );
}

/** A button that does nothing says why, and keeps the focus, which `disabled` would take away. */
function idle(why: string | undefined) {
  if (why === undefined) return {};
  return {
    'aria-disabled': true,
    title: why,
    onClick: (event: MouseEvent) => event.preventDefault(),
  };
}

/** The look of a button, for links. */
export function buttonClasses(look: keyof typeof looks): string {
  return `inline-flex items-center justify-center gap-1.5 whitespace-nowrap transition-colors ${looks[look]}`;
}

/** A button that shows an icon only; its label is read out and shown on hover. */
export function IconButton({
  label,
  children,
  className = '',
  why,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'title'> &
  MayBeIdle & {
    label: string;
    children: ReactNode;
  }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      {...idle(why)}
      className={`inline-grid size-8 place-items-center rounded-small text-muted transition-colors live-hover:bg-sunken live-hover:text-text ${className}`}
    >
      {children}
    </button>
  );
}

/** Closes the dialog that it stands in. */
export function CloseButton({ label }: { label: string }) {
  return (
    <IconButton
      label={label}
      // A form with method="dialog" would do it, but sheets stand in forms.
      onClick={({ currentTarget }) => currentTarget.closest('dialog')?.close()}
    >
      <CloseIcon size={18} aria-hidden />
    </IconButton>
  );
}
