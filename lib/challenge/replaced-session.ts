import type { SessionId } from "../account/ids.ts";
import type { Challenge } from "../account/challenge.ts";

/** A live session of another account, in the browser that a challenge would sign in. */
export type OtherSession = { readonly id: SessionId; readonly email: string };

/**
 * Whether the person must agree to lose this session before a completion goes on. Only challenges that came by a host's
 * URL need this: a person who typed mail and password knows as whom they sign in. The agreement covers one session, and
 * not a session that began in this browser afterwards.
 */
export const replacesUnasked = ({ handoff }: Challenge, held: SessionId): boolean =>
  handoff !== null && handoff.replaces !== held;
