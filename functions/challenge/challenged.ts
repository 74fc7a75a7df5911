import type * as contracts from "../../lib/contract/challenge.ts";
import type { Request } from "../../lib/http/route.ts";

/** A request of the browser that holds a challenge, whatever it asks. */
export type Challenged = Omit<Request<typeof contracts.completeChallenge>, "body">;
