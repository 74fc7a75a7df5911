import type { ChallengeId, Instant } from "../../lib/account/ids.ts";
import type { Limits } from "../../lib/settings/limits.ts";
import { codeAt, stepAt } from "../support/authenticator.ts";
import { day, hour, minute, second } from "../support/time.ts";

/** The second step as requirements 2 to 9 tell it, in as few words as it can be told. */
export type Model = {
  epoch: number;
  run: number;
  pausedUntil: Instant;
  recoveryWrongAt: Instant[];
  openedAt: Readonly<Record<Opened, Instant[]>>;
  readonly challenges: Map<
    ChallengeId,
    { openedAt: Instant; wrong: number; status: string; readonly kind: Opened }
  >;
  readonly apps: Map<string, { last: number; readonly spent: Set<number> }>;
  left: Set<string>;
  used: Set<string>;
};

/** By a password, or by a session that proves itself again. */
export type Opened = "sign_in" | "again";

export const newModel = (): Model => ({
  epoch: 1,
  run: 0,
  pausedUntil: 0,
  recoveryWrongAt: [],
  openedAt: { sign_in: [], again: [] },
  challenges: new Map(),
  apps: new Map(),
  left: new Set(),
  used: new Set(),
});

export type Expected =
  | "no_challenge"
  | `closed ${string}`
  | `paused ${number}`
  | "method_unavailable"
  | "code_already_used"
  | `wrong_code ${number} ${string}`
  | "completed";

export const statusIn = (model: Model, id: ChallengeId, now: Instant): string => {
  const one = model.challenges.get(id);
  return one?.status === "pending" && now >= one.openedAt + 10 * minute
    ? "expired"
    : (one?.status ?? "unknown");
};

/** Opens one more, if the hour allows it. */
export const openIn = (
  model: Model,
  id: ChallengeId,
  kind: Opened,
  now: Instant,
  { challenge: limits }: Limits,
): boolean => {
  const times = model.openedAt[kind].filter((time) => now - time < hour);
  if (times.length >= (kind === "again" ? limits.reauthenticationsPerHour : limits.perHour)) {
    return false;
  }
  model.openedAt = { ...model.openedAt, [kind]: [...times, now] };
  const pending = [...model.challenges].filter(
    ([one, { kind: other }]) => other === kind && statusIn(model, one, now) === "pending",
  );
  if (pending.length >= limits.open && pending[0]) pending[0][1].status = "cancelled";
  model.challenges.set(id, { openedAt: now, wrong: 0, status: "pending", kind });
  return true;
};

/** A raised epoch ends whatever is still open. */
export const raiseEpochIn = (model: Model, now: Instant): void => {
  model.epoch += 1;
  for (const [id, one] of model.challenges) {
    if (statusIn(model, id, now) === "pending") one.status = "cancelled";
  }
};

type Judged = "right" | "used" | "unavailable" | { readonly wrong: string };

/** What becomes of an answer, and what it leaves behind. */
export const answerIn = (
  model: Model,
  id: ChallengeId,
  answer: { readonly method: "totp" | "recovery"; readonly code: string },
  now: Instant,
  limits: Limits,
): Expected => {
  const challenge = model.challenges.get(id);
  if (!challenge) return "no_challenge";
  const status = statusIn(model, id, now);
  if (status !== "pending") return `closed ${status}`;
  const { method, code } = answer;
  if (method === "totp" && model.run >= limits.guesses.codesOff) return "method_unavailable";
  const inDay = model.recoveryWrongAt.filter((time) => now - time < day);
  const off = method === "recovery" && inDay.length >= 5 ? (inDay.at(-5) ?? 0) + day : 0;
  const until = Math.max(method === "recovery" ? 0 : model.pausedUntil, off);
  if (until > now) return `paused ${until}`;

  const judged = method === "totp" ? judgeTotp(model, code, now) : judgeRecovery(model, code);
  if (judged === "unavailable") return "method_unavailable";
  if (judged === "used") return "code_already_used";
  if (judged === "right") {
    if (method === "recovery") raiseEpochIn(model, now);
    challenge.status = "completed";
    [model.run, model.pausedUntil] = [0, 0];
    return "completed";
  }
  challenge.wrong += 1;
  if (challenge.wrong === 5) challenge.status = "locked";
  model.run += 1;
  const doublings = model.run - 5;
  model.pausedUntil =
    doublings < 0 ? now : now + Math.min(hour, 30 * second * 2 ** Math.min(doublings, 20));
  if (method === "recovery") model.recoveryWrongAt.push(now);
  return `wrong_code ${5 - challenge.wrong} ${judged.wrong}`;
};

const judgeRecovery = ({ left, used }: Model, code: string): Judged => {
  if (left.size === 0) return "unavailable";
  if (used.has(code)) return "used";
  if (!left.delete(code)) return { wrong: "" };
  used.add(code);
  return "right";
};

const judgeTotp = ({ apps }: Model, code: string, now: Instant): Judged => {
  if (apps.size === 0) return "unavailable";
  const [shown] = whoShows([...apps.keys()], code, now);
  const app = shown && apps.get(shown.name);
  if (!app || Math.abs(shown.offset) > 10) return { wrong: "" };
  const step = stepAt(now) + shown.offset;
  if (app.spent.has(step)) return "used";
  if (Math.abs(shown.offset) > 1) {
    const ahead = [...app.spent].filter((one) => one > stepAt(now)).length;
    if (shown.offset > 0 && ahead >= 2) return { wrong: "" };
    if (shown.offset > 0) app.spent.add(step);
    return { wrong: String(shown.offset * 30) };
  }
  if (step <= app.last) return "used";
  app.last = step;
  app.spent.add(step);
  return "right";
};

/** Which apps show that code, at which steps from now. More than one is a coincidence that a model need not tell. */
export const whoShows = (names: readonly string[], code: string, now: Instant) =>
  names.flatMap((name) =>
    Array.from({ length: 27 }, (_, n) => ({ name, offset: n - 13 })).filter(
      ({ offset }) => codeAt(now, { name, steps: offset }) === code,
    ),
  );
