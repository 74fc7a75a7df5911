const form = /^(\d+)\.(\d+)\.(\d+)$/;

/** Whether a text is a version such as `1.2.3`. */
export const isVersion = (text: string): boolean => form.test(text);

/** Less than zero if `a` is older than `b`. */
export const compareVersions = (a: string, b: string): number => {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  const different = first.findIndex((number, n) => number !== second[n]);
  return different < 0 ? 0 : (first[different] ?? 0) - (second[different] ?? 0);
};

const numbersOf = (version: string): number[] => version.split(".").map(Number);

/** The newest version among tags such as `v1.2.3`, without the `v`. */
export const newestOf = (tags: readonly string[]): string | undefined =>
  tags
    .map((tag) => tag.replace(/^v/, ""))
    .filter(isVersion)
    .sort(compareVersions)
    .at(-1);
