import { workBeside, type WorkBeside } from "../runtime/background.ts";
import type { Services } from "../account/services.ts";
import type { DecidingServices, ReadingServices } from "../runtime/services.ts";
import type { CallerAddress } from "./caller-address.ts";

/** What every function behind the gateway needs to answer at all. */
export type Gateway = {
  /** Scheme, host and port as browsers send them in `Origin`. */
  readonly allowedOrigins: readonly string[];
  readonly log: Services["log"];
  /** Work that the answer does not wait for, and the function does. */
  readonly beside?: WorkBeside;
};

/** The services of a route that reads. */
export type HttpServices = ReadingServices &
  Gateway & {
    readonly callerAddress: CallerAddress;
  };

/** The services of a route that changes something. */
export type DecidingHttpServices = HttpServices & DecidingServices;

/** Reads origins from a list such as `https://one.example,https://two.example`. */
export const readOrigins = (list: string | undefined): string[] =>
  (list ?? "").split(",").filter((origin) => origin !== "");

/** Makes deciding services whose answers do not wait for the event bus. The function waits for it before it ends. */
export const answeringServices = (
  gateway: Pick<HttpServices, "allowedOrigins" | "callerAddress">,
  decidingWith: (background: WorkBeside["take"]) => DecidingServices,
): DecidingHttpServices => {
  const beside = workBeside();
  return { ...decidingWith(beside.take), ...gateway, beside };
};
