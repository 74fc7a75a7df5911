/** Calls back when any `lang` attribute of the page changes. Returns a function that stops it. */
export function onLanguageChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["lang"], subtree: true });
  return () => observer.disconnect();
}
