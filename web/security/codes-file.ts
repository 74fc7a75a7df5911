import type { Texts } from "./texts/en.ts";

/** The text of a set of codes for the file and the print: a heading, the service's address, and one code a line. */
export const codesText = (codes: readonly string[], say: Texts["codes"], host: string): string =>
  [`${say.title} · ${host}`, "", ...codes, ""].join("\r\n");

const files = new WeakMap<readonly string[], string>();

/** Makes a URL of the codes as a text file, once for each set. The URL never leaves the browser. */
export function codesFile(codes: readonly string[], say: Texts["codes"]): string {
  const known = files.get(codes);
  if (known !== undefined) return known;
  const text = codesText(codes, say, location.host);
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  files.set(codes, url);
  return url;
}

/** Deletes the file and the print of a set. Call it when the page no longer shows the codes. */
export function dropCodes(codes: readonly string[], printedInto: ParentNode): void {
  printedInto.querySelector("iframe")?.remove();
  const url = files.get(codes);
  if (url !== undefined) URL.revokeObjectURL(url);
  files.delete(codes);
}

/**
 * Prints the codes without the page around them. It prints a separate frame and removes the frame after the print.
 */
export function printCodes(codes: readonly string[], say: Texts["codes"], into: ParentNode): void {
  into.querySelector("iframe")?.remove();
  const frame = document.createElement("iframe");
  // The frame is displayed but invisible, because some browsers print nothing of a frame that is not displayed.
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
