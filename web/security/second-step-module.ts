/**
 * The sign-in's module, which lies beside this one wherever both are served: it brings the second step. Few visits to
 * the tab need it, and most of those that do come from the sign-in page, whose module the browser has already.
 *
 * A name that the bundler cannot follow, so that the second step is not bundled twice.
 */
const beside = "./twostep-sign-in.js";

let tries = 0;

/**
 * Defines `<twostep-second-step>`. False where it could not be fetched; a browser remembers that of an address, so the
 * next try asks for another one.
 */
export async function loadSecondStep(
  load: (module: string) => Promise<unknown> = (module) => import(module),
): Promise<boolean> {
  if (customElements.get("twostep-second-step")) return true;
  try {
    await load(tries === 0 ? beside : `${beside}?${tries}`);
    return true;
  } catch {
    tries += 1;
    return false;
  }
}
