/**
 * Copies a text to the clipboard.
 *
 * @returns whether the text is there now. A page without a secure connection has no clipboard, and the person may
 * forbid it.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
