/** Keeps a caller waiting, or until it is gone. A connection hangs by the real clock, whatever the stack's says. */
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
