import { problems, type ProblemCode } from "../../lib/contract/problems.ts";

const details: Partial<Record<ProblemCode, object>> = {
  invalid_request: { errors: [{ pointer: "/code", detail: "must be six digits" }] },
  wrong_code: {
    attemptsLeft: 4,
    clock: { offsetSeconds: -150, serverTime: "2026-11-24T10:00:00.000Z" },
  },
  session_of_another_account: {
    account: { email: "ann@example.com" },
    session: { email: "bob@example.com" },
  },
  too_early: { retryAfter: 20 },
  too_many_attempts: { retryAfter: 30 },
  busy: { retryAfter: 1 },
  unavailable: { retryAfter: 5 },
};

/** An example of the problem with this code. The values are made up. */
export const problemExample = (code: ProblemCode) => ({
  type: `/problems/${code}`,
  title: problems[code][1],
  status: problems[code][0],
  code,
  ...details[code],
  requestId: "0f9c7d1e-4b5a-4c3d-8e2f-6a1b0c9d8e7f",
});
