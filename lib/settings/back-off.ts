/** A person looks at the page, so the first tries follow each other quickly. */
const firstDelaySeconds = 2;
const longestDelaySeconds = 60;

/**
 * How long a job of a queue stays away after its so many-th failure: 2, 4, 8, 16, 32 and then 60 seconds.
 *
 * @param tries 1 after the first.
 */
export const backOffSeconds = (tries: number): number => {
  const earlier = Number.isFinite(tries) ? Math.min(Math.max(tries, 1) - 1, 10) : 0;
  return Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** earlier);
};

/** How often a job is tried until its tries have lasted for so many seconds: the queue gives it up after these. */
export const triesWithin = (seconds: number): number => {
  let tries = 1;
  for (let waited = 0; waited < seconds; tries += 1) waited += backOffSeconds(tries);
  return tries;
};
