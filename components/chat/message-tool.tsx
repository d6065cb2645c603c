import type { ComponentProps } from 'react';
import { IconButton } from '../ui/icon-button';

/** A small button below a message. */
export function MessageTool({ className = '', ...rest }: ComponentProps<typeof IconButton>) {
  return (
    <IconButton
      {...rest}
      className={`size-7 pointer-coarse:size-9 aria-disabled:cursor-default! aria-disabled:opacity-35 aria-disabled:hover:bg-transparent ${className}`}
    />
  );
}
