/** A job that has not begun. It resolves with its result, or undefined if another job replaces it. */
interface Waiting<Job, Result> {
  job: Job;
  subject: string;
  resolve(result: Result | undefined): void;
}

/**
 * Runs jobs one at a time. A new job replaces a waiting one with the same subject, because somebody who
 * drags a slider only wants its last position. Urgent jobs come before the others.
 */
export function createJobQueue<Job, Result>(
  work: (job: Job) => Promise<Result | undefined>,
): (order: { job: Job; subject: string; isUrgent: boolean }) => Promise<Result | undefined> {
  let waiting: (Waiting<Job, Result> & { isUrgent: boolean })[] = [];
  let isBusy = false;

  const next = async () => {
    const first = waiting.find(({ isUrgent }) => isUrgent) ?? waiting[0];
    if (isBusy || !first) return;
    isBusy = true;
    waiting = waiting.filter((one) => one !== first);
    first.resolve(await work(first.job).catch(() => undefined));
    isBusy = false;
    void next();
  };

  return ({ job, subject, isUrgent }) =>
    new Promise((resolve) => {
      for (const one of waiting) if (one.subject === subject) one.resolve(undefined);
      waiting = waiting.filter((one) => one.subject !== subject);
      waiting.push({ job, subject, isUrgent, resolve });
      void next();
    });
}
