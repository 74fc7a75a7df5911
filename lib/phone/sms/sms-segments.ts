/** GSM 03.38: what one septet can say, and what takes two, with an escape before it. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿" +
    "abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("\f^{}\\[~]|€");

/**
 * How many SMS a text is paid for as: 160 septets or 70 UTF-16 units alone, 153 or 67 each of several. One character
 * outside of GSM 03.38 (any Cyrillic letter) makes the whole text UTF-16. A character is never cut in two.
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
