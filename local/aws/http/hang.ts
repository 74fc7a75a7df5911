/** Waits until the time is over or the caller is gone. A connection hangs by the real clock, and not by the stack's. */
export function hang(milliseconds: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    timer.unref();
    gone.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
