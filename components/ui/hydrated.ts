import { type RefObject, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/**
 * Whether a component stood in the server's HTML and came to life there. The answer never changes: one that
 * does has the component rendered once more as soon as the page is alive.
 */
function useIsEarly(): boolean {
  const isEarly = useRef(false);
  isEarly.current = useSyncExternalStore(
    subscribe,
    () => isEarly.current,
    () => true,
  );
  return isEarly.current;
}

/**
 * Hands over what was chosen in the server's HTML before the scripts ran: React would leave it standing and
 * not know of it. Each such control becomes what the server has rendered, and changes once more.
 * Text boxes (`useEarlyText`) are left out: writing into them would end the work of an input method.
 */
export function useEarlyChoices(form: RefObject<HTMLElement | null>): void {
  const isEarly = useIsEarly();
  useLayoutEffect(() => {
    if (!isEarly) return;
    for (const control of form.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
      'select, input:not([type=file])',
    ) ?? []) {
      if (control instanceof HTMLSelectElement) repeatSelect(control);
      else if (control.type === 'radio') repeatRadio(control);
      else if (control.type === 'checkbox') repeatCheckbox(control);
      else repeatInput(control);
    }
  }, [form, isEarly]);
}

/** Hands over what was typed into a text box of the server's HTML before the scripts ran. */
export function useEarlyText(
  box: RefObject<HTMLTextAreaElement | null>,
  onType: (text: string) => void,
): void {
  const isEarly = useIsEarly();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was there before is early
  useLayoutEffect(() => {
    const { value, defaultValue } = box.current ?? {};
    if (isEarly && value !== undefined && value !== defaultValue) onType(value);
  }, [box, isEarly]);
}

interface EarlyPress {
  button: HTMLElement;
  event: Event;
}

/** Presses, once the page has come to life, the buttons that were pressed before. For the frame of a page. */
export function useEarlyPresses(): void {
  const presses = useRef<EarlyPress[]>([]);
  useLayoutEffect(() => {
    const { takeEarlyPresses } = window as { takeEarlyPresses?: () => EarlyPress[] };
    // One that React brings the page to life for is handed over by React itself.
    const isOver = ({ event }: EarlyPress) => event !== window.event;
    const taken = takeEarlyPresses?.() ?? [];
    for (const { button } of taken) delete button.dataset.pressed;
    presses.current.push(...taken.filter(isOver));
  }, []);
  useEffect(() => {
    // Each once: who presses again has seen no answer yet.
    const buttons = new Set(presses.current.splice(0).map(({ button }) => button));
    for (const button of buttons) button.click();
  }, []);
}

function repeatSelect(select: HTMLSelectElement): void {
  const [chosen] = select.selectedOptions;
  if (!chosen || chosen.defaultSelected) return;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

// React compares with the value that a script has set last, so these set what the server has rendered.

function repeatRadio(radio: HTMLInputElement): void {
  if (!radio.checked || radio.defaultChecked) return;
  radio.checked = false;
  radio.click();
}

function repeatCheckbox(box: HTMLInputElement): void {
  if (box.checked === box.defaultChecked) return;
  box.checked = box.defaultChecked;
  box.click();
}

function repeatInput(input: HTMLInputElement): void {
  const { value, defaultValue } = input;
  if (value === defaultValue) return;
  input.value = defaultValue;
  // The element's own setter would tell React that it knows this value.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
