import type { Texts } from "./texts/en.ts";

/** What is kept of a set of codes: a heading, the service's address, and one code a line. */
export const codesText = (codes: readonly string[], say: Texts["codes"], host: string): string =>
  [`${say.title} · ${host}`, "", ...codes, ""].join("\r\n");

const files = new WeakMap<readonly string[], string>();

/** A URL of the codes as a text file, made once for a set; it never leaves the browser. */
export function codesFile(codes: readonly string[], say: Texts["codes"]): string {
  const known = files.get(codes);
  if (known !== undefined) return known;
  const text = codesText(codes, say, location.host);
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  files.set(codes, url);
  return url;
}

/** Forgets the file and the print of a set, when its codes are no longer shown. */
export function dropCodes(codes: readonly string[], printedInto: ParentNode): void {
  printedInto.querySelector("iframe")?.remove();
  const url = files.get(codes);
  if (url !== undefined) URL.revokeObjectURL(url);
  files.delete(codes);
}

/**
 * Prints the codes and nothing of the page around them: from a frame of their own, which goes when the printing is over.
 */
export function printCodes(codes: readonly string[], say: Texts["codes"], into: ParentNode): void {
  into.querySelector("iframe")?.remove();
  const frame = document.createElement("iframe");
  // Drawn, though unseen: some browsers print nothing of a frame that is not displayed.
  frame.className = "visually-hidden";
  frame.tabIndex = -1;
  frame.ariaHidden = "true";
  into.append(frame);
  const page = frame.contentWindow;
  if (!page) return;
  const text = page.document.createElement("pre");
  text.textContent = codesText(codes, say, location.host);
  page.document.body.append(text);
  page.addEventListener("afterprint", () => frame.remove());
  page.print();
}
