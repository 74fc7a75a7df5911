const shown = new WeakMap<Element, string>();

/** Scrolls every list that grows at its end to what has come since; who has scrolled back stays there until then. */
export function scrollToEnd(root: ParentNode): void {
  for (const list of root.querySelectorAll("[data-follow]")) {
    const last = list.getAttribute("data-follow") ?? "";
    if (shown.get(list) === last) continue;
    shown.set(list, last);
    list.scrollTop = list.scrollHeight;
  }
}
