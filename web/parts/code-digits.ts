/** The digits of what was typed or pasted ("492 039", "492-039"), and no more of them than the code has. */
export const codeDigits = (typed: string, digits: number): string =>
  typed.replace(/[^0-9]/g, "").slice(0, digits);

/** Where the caret belongs once everything but digits is gone. */
export const caretAfter = (typed: string, caret: number, digits: number): number =>
  codeDigits(typed.slice(0, caret), digits).length;
