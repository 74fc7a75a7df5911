/**
 * Makes every reading of the current time in this thread `offset` milliseconds later than the real one.
 * The constructor is wrapped, not subclassed: dates made by Node itself stay `instanceof Date`, and so do ours.
 */
export function replaceDate(offset: SharedArrayBuffer): void {
  const shared = new BigInt64Array(offset);
  const RealDate = Date;
  const realNow = Date.now;
  const now = (): number => realNow() + Number(Atomics.load(shared, 0));

  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}
