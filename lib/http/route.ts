import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod/mini";
import type { Client } from "../account/client.ts";
import { parseAccountId, type AccountId, type Instant } from "../account/ids.ts";
import type { Contract, Credential } from "../contract/contract.ts";
import type { Answer } from "./answer.ts";
import { clientOf } from "./client.ts";
import type { HeldSession } from "../sessions/session.ts";
import { sessionCookieOf } from "./cookies.ts";
import {
  authenticate,
  findOwnChallenge,
  requireFresh,
  touch,
  type Challenged,
  type SignedIn,
} from "./credentials.ts";
import { problem, type Problem } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { repeatKeyOf, type RepeatKey } from "./repeatable.ts";
import type { DecidingHttpServices, HttpServices } from "./http-services.ts";

type Holder<C extends Credential> = C extends "challenge"
  ? Challenged
  : C extends "session" | "fresh_session"
    ? SignedIn
    : object;

/** A host names the account in the path, by its own id. */
type OfAccount<C extends Contract> = C["path"] extends `/v1/accounts/{id}${string}`
  ? { readonly accountId: AccountId }
  : object;

/** What a handler gets: everything is parsed, and the credential was checked. */
export type Request<C extends Contract, S extends HttpServices = DecidingHttpServices> = Holder<
  C["credential"]
> &
  OfAccount<C> & {
    readonly services: S;
    readonly now: Instant;
    readonly client: Client;
    readonly body: C["body"] extends z.ZodMiniType ? z.output<C["body"]> : undefined;
    readonly params: Readonly<Record<string, string | undefined>>;
    /** The session cookie of the request, live or not. */
    readonly heldSession: HeldSession | undefined;
    /** Null: by the contract, the request cannot be repeated. */
    readonly repeatKey: C["repeatable"] extends true ? RepeatKey | undefined : null;
    /** The ARN of the IAM identity that signed a host's request; undefined for any other request. */
    readonly caller: string | undefined;
  };

/** A success that the contract describes. */
type Success<C extends Contract> = {
  [Status in keyof C["answers"] & number]: Answer<
    Status,
    C["answers"][Status] extends z.ZodMiniType ? z.output<C["answers"][Status]> : null
  >;
}[keyof C["answers"] & number];

/** A problem that the contract names, or that comes with the credential, the body or the path. */
type Refusal<C extends Contract> = Problem<
  | C["problems"][number]
  | "busy"
  | (C["body"] extends z.ZodMiniType ? "invalid_request" : never)
  | (C["path"] extends `${string}{${string}` ? "not_found" : never)
  | (C["credential"] extends "challenge" ? "no_challenge" : never)
  | (C["credential"] extends "session" | "fresh_session" ? "unauthenticated" : never)
>;

export type Route<S extends HttpServices = DecidingHttpServices> = {
  readonly contract: Contract;
  readonly run: (services: S, event: APIGatewayProxyEventV2) => Promise<Answer | Problem>;
};

/** Ties a handler to its contract: it checks the credential, then reads the body, then runs the handler. */
const routeWith =
  <S extends HttpServices>() =>
  <const C extends Contract>(
    contract: C,
    handle: (request: Request<C, S>) => Promise<Success<C> | Refusal<C>>,
  ): Route<S> => ({
    contract,
    async run(services, event) {
      const now = services.now();
      const repeatKey = contract.repeatable && repeatKeyOf(event, contract, askerOf(event));
      const renewing = contract.renewsSession && repeatKey?.hash;
      const holder = await holderOf(contract.credential, services, event, now, renewing);
      if ("problem" in holder) return holder;
      const read =
        contract.method === "GET" ? { body: undefined } : readBody(event, contract.body ?? nothing);
      if ("problem" in read) return read;
      const ofAccount = accountOf(contract, event);
      if ("problem" in ofAccount) return ofAccount;
      const request = {
        ...holder,
        ...ofAccount,
        services,
        now,
        client: clientOf(await services.callerAddress(event), event.headers["user-agent"]),
        body: contract.body ? read.body : undefined,
        params: event.pathParameters ?? {},
        heldSession: sessionCookieOf(event),
        repeatKey: contract.repeatable ? repeatKey : null,
        caller: callerArn(event),
        // The handler has the contract's types: the lines above checked the credential and the schema.
      } as Request<C, S>;
      const [answer] = await Promise.all([
        handle(request),
        "session" in holder ? touch(services, holder, now) : undefined,
      ]);
      return answer;
    },
  });

/** A route that may change accounts. */
export const route = routeWith<DecidingHttpServices>();

/** A route that only reads: its handler has nothing that changes an account. */
export const readRoute = routeWith<HttpServices>();

/** The account that a host's path names. Every id that a host could have made is well-formed; another is its mistake. */
const accountOf = (
  { path }: Contract,
  { pathParameters }: APIGatewayProxyEventV2,
): { readonly accountId?: AccountId } | Problem<"invalid_request"> => {
  if (!path.startsWith("/v1/accounts/{id}")) return {};
  const accountId = parseAccountId(pathParameters?.["id"]);
  return accountId
    ? { accountId }
    : problem("invalid_request", {
        errors: [{ pointer: "/id", detail: "must be an account's id" }],
      });
};

/** Who sent the request, for its repetition: this session, or this IAM identity. */
const askerOf = (event: APIGatewayProxyEventV2): string =>
  sessionCookieOf(event)?.id ?? callerArn(event) ?? "";

/** The IAM identity that signed a host's request; undefined for any other request. */
const callerArn = ({ requestContext }: APIGatewayProxyEventV2): string | undefined => {
  const { authorizer } = requestContext as { authorizer?: { iam?: { userArn?: string } } };
  return authorizer?.iam?.userArn;
};

/** A route without a body accepts an empty one. */
const nothing = z.strictObject({});

const holderOf = async (
  credential: Credential,
  services: HttpServices,
  event: APIGatewayProxyEventV2,
  now: Instant,
  renewing: string | undefined,
): Promise<object | SignedIn | Challenged | Problem> => {
  switch (credential) {
    case "none":
    case "host":
      return {};
    case "challenge":
      return findOwnChallenge(services, event);
    case "session":
      return authenticate(services, event, now, renewing);
    case "fresh_session": {
      const signedIn = await authenticate(services, event, now);
      return "problem" in signedIn ? signedIn : (requireFresh(services, signedIn, now) ?? signedIn);
    }
  }
};
