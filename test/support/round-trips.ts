/**
 * The length of the longest series of calls in which each call began after the one before had ended. Calls that run
 * side by side count once.
 */
export const roundTrips = (
  calls: readonly { readonly began: number; readonly ended: number }[],
): number => {
  let series = 0;
  let free = 0;
  for (const { began, ended } of [...calls].sort((a, b) => a.ended - b.ended)) {
    if (began < free) continue;
    series += 1;
    free = ended;
  }
  return series;
};
