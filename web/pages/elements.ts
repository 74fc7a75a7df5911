/** Finds the element with this id. Throws if the page lacks it: the page is our own, so that is a fault. */
export function byId(id: string): HTMLElement;
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E;
export function byId(id: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${id}.`);
}

/** Every element of the page that matches the selector and has this kind. */
export function all(selector: string): HTMLElement[];
export function all<E extends HTMLElement>(selector: string, kind: new () => E): E[];
export function all(selector: string, kind: new () => HTMLElement = HTMLElement): HTMLElement[] {
  return [...document.querySelectorAll(selector)].filter((element) => element instanceof kind);
}

/** Makes the place hold one element of this tag, or nothing. Keeps the present element if it already has the tag. */
export function keepOnly(place: HTMLElement, tag: string | undefined): void {
  const present = place.firstElementChild?.localName;
  if (present === tag) return;
  place.replaceChildren(...(tag === undefined ? [] : [document.createElement(tag)]));
}
