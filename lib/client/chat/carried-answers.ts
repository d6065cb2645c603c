/** Carries an answer to its end, from wherever it stands. */
export function carryAnswer(_id: string): void {}

/** Stops an answer; what has arrived of it stays, and says so. */
export async function stopAnswer(_id: string): Promise<void> {}

/** Tries an answer whose countdown is running again now. */
export function tryAnswerNow(_id: string): void {}

/** Starts an answer that could not be started once more, under the same key. */
export function reopenAnswer(_id: string): void {}
