/** Makes HTML as Telegram's `parse_mode` reads it: it escapes values and keeps the template's own tags. */
export const html = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw: parts }, ...values.map(escapeHtml));

const escapeHtml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

export const paragraphs = (...texts: readonly string[]): string => texts.join("\n\n");
