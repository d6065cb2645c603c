import type { ComponentProps, ReactNode } from 'react';
import { CloseIcon } from './icons';

const looks = {
  primary:
    'bg-accent text-accent-text hover:bg-accent-hover font-semibold rounded-large px-3 py-2.5',
  plain:
    'border border-line-strong bg-raised hover:bg-sunken font-medium rounded-small px-2.5 py-1.5',
  quiet: 'text-muted hover:bg-sunken hover:text-text rounded-small px-2 py-1',
  link: 'text-accent-ink underline underline-offset-2 rounded-small',
};

/** A push button. `type` is "button" unless said otherwise, so that none submits by accident. */
export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof looks }) {
  return <button type="button" {...rest} className={`${buttonClasses(look)} ${className}`} />;
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
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  label: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`inline-grid size-8 place-items-center rounded-small text-muted transition-colors hover:bg-sunken hover:text-text disabled:opacity-40 disabled:hover:bg-transparent ${className}`}
    >
      {children}
    </button>
  );
}

/** Closes the dialog that it stands in, without a script. */
export function CloseButton({ label }: { label: string }) {
  return (
    <form method="dialog" className="contents">
      <IconButton label={label} type="submit">
        <CloseIcon size={18} aria-hidden />
      </IconButton>
    </form>
  );
}
