const middleButton = 1;

/**
 * Keeps the middle button for the page: on Windows it would scroll by itself, on Linux it would paste the
 * selection where it is released. To cancel `pointerdown` would not do, since `mouseup` then never comes.
 */
export function keepMiddleButton(element: HTMLElement, signal: AbortSignal): void {
  for (const name of ['mousedown', 'mouseup'] as const) {
    element.addEventListener(
      name,
      (event) => {
        if (event.button === middleButton) event.preventDefault();
      },
      { signal },
    );
  }
}
