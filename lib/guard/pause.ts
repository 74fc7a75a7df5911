export type PauseRule = {
  readonly free: number;
  readonly firstPauseSeconds: number;
  readonly longestPauseSeconds: number;
};

/**
 * Seconds of the pause after the `wrong`th wrong try in a row. The free tries have no pause. Then the pause doubles, up
 * to the longest.
 */
export const pauseSeconds = (wrong: number, rule: PauseRule): number =>
  wrong < rule.free
    ? 0
    : Math.min(
        rule.longestPauseSeconds,
        rule.firstPauseSeconds * 2 ** Math.min(wrong - rule.free, 30),
      );
