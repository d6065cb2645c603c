import { IconButton } from './icon-button';
import { CloseIcon } from './icons';

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
