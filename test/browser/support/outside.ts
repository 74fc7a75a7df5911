import type { Page } from "playwright-core";

/** Names what reaches beyond the window's sides, so that one would have to scroll sideways or never see it. */
export const outside = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    // The elements draw what changed in a microtask; the layout is then measured as it is.
    await new Promise((drawn) => requestAnimationFrame(drawn));
    const { clientWidth, scrollWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`scrolls by ${scrollWidth - clientWidth} px`] : [];
    const look = (parent: ParentNode): void => {
      for (const element of parent.children) {
        // Not what a closed `details` keeps either: its layout is of when it was last drawn.
        if (!element.checkVisibility()) continue;
        const { left, right, width } = element.getBoundingClientRect();
        if (width > 0 && (left < -0.5 || right > clientWidth + 0.5))
          found.push(`${element.localName}.${element.className} from ${left} to ${right}`);
        // What is cut off on purpose is not seen: text for screen readers, the code field's spare slot.
        if (!/hidden|clip/.test(getComputedStyle(element).overflowX)) {
          look(element);
          if (element.shadowRoot) look(element.shadowRoot);
        }
      }
    };
    look(document.body);
    return found;
  });
