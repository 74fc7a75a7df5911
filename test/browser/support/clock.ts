/** The stack's time, in milliseconds. */
export async function stackTime(url: string): Promise<number> {
  return timeIn(await fetch(`${url}/devices/api/clock`));
}

/** Moves the stack's clock forward, and lets what is due happen. */
export async function advance(url: string, advanceSeconds: number): Promise<number> {
  const body = JSON.stringify({ advanceSeconds });
  return timeIn(await fetch(`${url}/devices/api/clock`, { method: "POST", body }));
}

const timeIn = async (response: Response): Promise<number> =>
  Date.parse(((await response.json()) as { now: string }).now);
