import { describe, expect, it } from 'vitest';
import { cancelRun } from './cancel-run';

/** Cancels with a server that answers so, the last answer for ever. */
async function cancel(answers: (boolean | Error)[], { wasSent = false } = {}) {
  const waits: number[] = [];
  let asked = 0;
  await cancelRun({
    key: 'key',
    wasSent,
    async remove() {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer === true;
    },
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  return { asked, waits };
}
const away = new TypeError('Failed to fetch');

describe('cancelRun', () => {
  it('asks once where the run is known, or was never sent', async () => {
    expect((await cancel([true])).asked).toBe(1);
    expect((await cancel([true], { wasSent: true })).asked).toBe(1);
    expect((await cancel([false])).asked).toBe(1);
  });

  it('waits for a request that is still on its way, and not for ever', async () => {
    expect((await cancel([false, false, true], { wasSent: true })).asked).toBe(3);
    expect((await cancel([false], { wasSent: true })).asked).toBe(4);
  });

  it('goes on as long as the server is away, less and less often', async () => {
    const { asked, waits } = await cancel([...Array.from({ length: 8 }, () => away), true]);
    expect(asked).toBe(9);
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });
});
