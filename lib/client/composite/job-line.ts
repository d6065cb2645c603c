/** A job, and what it gives; undefined where another has taken its place before it began. */
interface Waiting<Job, Result> {
  job: Job;
  subject: string;
  resolve(result: Result | undefined): void;
}

/**
 * Jobs one at a time. Of those that wait, a new one with the same subject takes the old one's place:
 * whoever drags a slider wants the last position only. Urgent ones come before the others.
 */
export function createJobLine<Job, Result>(
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
