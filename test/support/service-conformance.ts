import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import { stackProblems, type Contract } from "../../lib/contract/contract.ts";
import { problems, type ProblemCode } from "../../lib/contract/problems.ts";
import { passwordFaults } from "../../lib/http/refuse-password.ts";
import { cookiesSetBy } from "../../tools/openapi/cookies.ts";
import type { Reply } from "./service-browser.ts";

/** The form of every problem: RFC 9457 with our `code`. A problem must not have other fields. */
const ProblemBody = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string().check(z.minLength(1)),
  detail: z.optional(z.string()),
  retryAfter: z.optional(z.int().check(z.minimum(1))),
  attemptsLeft: z.optional(z.int().check(z.minimum(0))),
  clock: z.optional(z.strictObject({ offsetSeconds: z.int(), serverTime: z.iso.datetime() })),
  account: z.optional(z.strictObject({ email: z.string() })),
  session: z.optional(z.strictObject({ email: z.string() })),
  errors: z.optional(
    z.array(
      z.strictObject({
        pointer: z.string(),
        detail: z.string(),
        reason: z.optional(z.enum(Object.keys(passwordFaults))),
      }),
    ),
  ),
});

/** Throws if a reply does not conform to its contract. The test service checks the reply to every request. */
export const conform = (contract: Contract | undefined, reply: Reply): void => {
  const fail = (why: string): never => {
    const at = contract ? `${contract.method} ${contract.path}` : "$default";
    throw new Error(`${at} answered ${reply.status} ${reply.text}: ${why}`);
  };
  if (reply.headers["cache-control"] !== "no-store") fail("it may be stored");
  const named = contract && reply.status < 400 ? cookiesSetBy(contract.operation) : [];
  const set = reply.setCookies.map((cookie) => cookie.slice(0, cookie.indexOf("=")));
  if (!set.every((name) => named.includes(name))) fail("a cookie that openapi.yaml does not name");
  if (reply.status >= 400) conformProblem(contract, reply, fail);
  else conformAnswer(contract, reply, fail);
};

const conformAnswer = (
  contract: Contract | undefined,
  { status, text, body, headers }: Reply,
  fail: (why: string) => never,
) => {
  const schema = contract?.answers[status];
  if (schema === undefined) return fail("no such status in the contract");
  if (schema === null) return text === "" || fail("it should have no body");
  if (headers["content-type"] !== "application/json") fail("content-type");
  const parsed = schema.safeParse(body);
  if (!parsed.success) return fail(z.prettifyError(parsed.error));
  return isDeepStrictEqual(parsed.data, body) || fail("it says more than the contract");
};

const conformProblem = (
  contract: Contract | undefined,
  { status, body, headers }: Reply,
  fail: (why: string) => never,
) => {
  if (headers["content-type"] !== "application/problem+json") fail("content-type");
  const parsed = ProblemBody.safeParse(body);
  if (!parsed.success) return fail(z.prettifyError(parsed.error));
  const { code, type, retryAfter, account, session } = parsed.data;
  const known: readonly ProblemCode[] = contract
    ? [...contract.problems, ...stackProblems(contract)]
    : ["not_found", "method_not_allowed", "forbidden_origin", "unavailable"];
  const named = known.find((one) => one === code);
  if (!named) return fail("a problem that the contract does not name");
  if (status !== problems[named][0] || status !== parsed.data.status)
    fail("status and code differ");
  if (type !== `/problems/${code}`) fail("type");
  if ((status === 429 || status === 503) && retryAfter === undefined) fail("no retryAfter");
  const names = account !== undefined || session !== undefined;
  if (names !== (code === "session_of_another_account")) fail("it names somebody");
  return String(retryAfter ?? "") === (headers["retry-after"] ?? "") || fail("Retry-After");
};
