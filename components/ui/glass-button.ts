/** The look of a button that lies over a picture. */
export const glassButton =
  'inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-small bg-glass px-2 text-small text-white backdrop-blur-sm transition-colors hover:bg-black/85 focus-visible:outline-white pointer-coarse:h-8 pointer-coarse:min-w-8 pointer-coarse:justify-center';
