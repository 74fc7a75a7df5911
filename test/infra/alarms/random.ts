/** Numbers that look random and are the same in every run. */
export type Random = {
  /** From 0 up to 1 (mulberry32). */
  readonly next: () => number;
  /** How many of `n` independent things happen, each with this chance. */
  readonly ofMany: (n: number, chance: number) => number;
  /** How many things happen in a minute that has this many on average. */
  readonly about: (average: number) => number;
};

export const randomFrom = (seed: number): Random => {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  /** A normal approximation, for numbers for which single draws would take too long. */
  const near = (average: number, variance: number) => {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    return Math.max(0, Math.round(average + normal * Math.sqrt(variance)));
  };
  const about = (average: number) => {
    if (average > 50) return near(average, average);
    let [count, chance] = [0, next()];
    for (const limit = Math.exp(-average); chance > limit; chance *= next()) count += 1;
    return count;
  };
  const ofMany = (n: number, chance: number) => {
    if (chance <= 0 || n === 0) return 0;
    if (chance >= 1) return n;
    // Rare things are as many as independent ones are, see Poisson.
    if (chance < 0.05 && n > 20) return Math.min(n, about(n * chance));
    if (n > 200) return Math.min(n, near(n * chance, n * chance * (1 - chance)));
    let count = 0;
    for (let each = 0; each < n; each += 1) if (next() < chance) count += 1;
    return count;
  };
  return { next, ofMany, about };
};
