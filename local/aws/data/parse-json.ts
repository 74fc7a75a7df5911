/** The value of a JSON text, or undefined if it is none: for what somebody else wrote. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
