/** The look of the small buttons at the end of the bar. */
export const barButton =
  'inline-flex h-[26px] items-center gap-1.5 rounded-full border border-line px-2.5 text-small text-muted transition-colors hover:border-line-strong hover:text-text whitespace-nowrap';
