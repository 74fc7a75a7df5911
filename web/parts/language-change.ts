/** Calls back when a `lang` of the page changes, an element's own or one around it. Returns how to stop it. */
export function onLanguageChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["lang"], subtree: true });
  return () => observer.disconnect();
}
