/** The element of the page with this id. The page is our own: one that lacks it is a fault. */
export function byId(id: string): HTMLElement;
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E;
export function byId(id: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${id}.`);
}

/** Every element of the page that fits. */
export function all(selector: string): HTMLElement[];
export function all<E extends HTMLElement>(selector: string, kind: new () => E): E[];
export function all(selector: string, kind: new () => HTMLElement = HTMLElement): HTMLElement[] {
  return [...document.querySelectorAll(selector)].filter((element) => element instanceof kind);
}

/** Makes the place hold one element of this tag, the one that is there if it is one, or nothing. */
export function keepOnly(place: HTMLElement, tag: string | undefined): void {
  const present = place.firstElementChild?.localName;
  if (present === tag) return;
  place.replaceChildren(...(tag === undefined ? [] : [document.createElement(tag)]));
}
