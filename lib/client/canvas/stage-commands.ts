/** What can be asked of a stage from outside. */
export interface StageCommands {
  step(direction: 'in' | 'out'): void;
  showWhole(): void;
  zoomTo(scale: number): void;
  /** While a key is held, the pointer moves the picture instead of painting. */
  setMoving(isMoving: boolean): void;
}
