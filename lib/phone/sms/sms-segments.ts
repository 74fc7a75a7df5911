/** GSM 03.38: the characters that take one septet, and those that take two, with an escape before them. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿" +
    "abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("\f^{}\\[~]|€");

/**
 * How many SMS a text is paid for as: 160 septets or 70 UTF-16 units in a single one, 153 or 67 in each of several. One
 * character outside GSM 03.38 (any Cyrillic letter) makes the whole text UTF-16. A character is never cut in two.
 */
export const smsSegments = (text: string): number => {
  const characters = Array.from(text);
  const gsm = characters.every((character) => basic.has(character) || extended.has(character));
  const widths = characters.map((character) =>
    gsm ? (basic.has(character) ? 1 : 2) : character.length,
  );
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= (gsm ? 160 : 70)) return 1;

  const room = gsm ? 153 : 67;
  let [segments, used] = [1, 0];
  for (const width of widths) {
    if (used + width > room) [segments, used] = [segments + 1, 0];
    used += width;
  }
  return segments;
};
