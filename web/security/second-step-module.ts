/**
 * The sign-in's module, which defines the second step's element. It must lie beside this module on the server. Few
 * visits to the tab need it, and most of them come from the sign-in page, so the browser already has the module.
 *
 * The bundler cannot follow this name, so that it does not bundle the second step twice.
 */
const beside = "./twostep-sign-in.js";

let tries = 0;

/**
 * Defines `<twostep-second-step>`. A browser remembers a failed import of an address, so the next try uses another
 * address.
 *
 * @returns false if the browser could not load the module.
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
