import type { SessionId } from "../account/ids.ts";
import type { Challenge } from "../account/challenge.ts";

/** A live session of another account, in the browser that a challenge would sign in. */
export type OtherSession = { readonly id: SessionId; readonly email: string };

/**
 * Whether a completion may not go on before the person has agreed to lose this session. Only challenges that came by a
 * link ask: whoever typed mail and password knows whom they sign in as. An agreement is for the session that it was
 * given for, and not for one that began in this browser afterwards.
 */
export const replacesUnasked = ({ handoff }: Challenge, held: SessionId): boolean =>
  handoff !== null && handoff.replaces !== held;
