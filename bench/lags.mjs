/** Reads a stream whose events say when they were sent. Both ends are on one machine, so on one clock. */
export function collectLags(lags) {
  let text = '';
  return (chunk) => {
    const now = performance.timeOrigin + performance.now();
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const sent = /"content":"([\d.]+)"/.exec(event)?.[1];
      if (sent !== undefined) lags.push(now - Number(sent));
    }
  };
}
