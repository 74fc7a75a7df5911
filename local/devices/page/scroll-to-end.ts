const shown = new WeakMap<Element, string>();

/** Scrolls every list to its newest entry when one comes. Until then, the user may scroll back and stay there. */
export function scrollToEnd(root: ParentNode): void {
  for (const list of root.querySelectorAll("[data-follow]")) {
    const last = list.getAttribute("data-follow") ?? "";
    if (shown.get(list) === last) continue;
    shown.set(list, last);
    list.scrollTop = list.scrollHeight;
  }
}
