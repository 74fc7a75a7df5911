export type PauseRule = {
  readonly free: number;
  readonly firstPauseSeconds: number;
  readonly longestPauseSeconds: number;
};

/** How long to wait after the `wrong`th wrong try in a row: nothing for the free ones, then doubling to the longest. */
export const pauseSeconds = (wrong: number, rule: PauseRule): number =>
  wrong < rule.free
    ? 0
    : Math.min(
        rule.longestPauseSeconds,
        rule.firstPauseSeconds * 2 ** Math.min(wrong - rule.free, 30),
      );
