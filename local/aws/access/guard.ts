import { randomUUID } from "node:crypto";
import type { Answer } from "../http/answer.ts";
import type { LoopbackHandler } from "../http/loopback.ts";
import type { ActionsOf } from "./actions.ts";
import { isAllowed } from "./policy.ts";
import type { Action, Grant } from "./policy.ts";

/** What each function's role allows, by the function's access key. A caller with any other key is the operator. */
export type Access = ReadonlyMap<string, readonly Grant[]>;

/** A function's key is its name. */
export const accessOf = (
  functions: readonly { readonly name: string; readonly mayDo: readonly Grant[] | undefined }[],
): Access =>
  new Map(functions.flatMap(({ name, mayDo }) => (mayDo ? [[name, mayDo] as const] : [])));

/** Reads the access key of a signed request [Signature Version 4, "Authorization"]. Does not check the signature. */
export const accessKeyOf = (authorization: string | undefined): string =>
  /Credential=([^/,\s]+)\//.exec(authorization ?? "")?.[1] ?? "";

/** The first action that the caller's role does not allow; undefined if it allows all of them. */
export const forbidden = (
  access: Access,
  accessKey: string,
  actions: readonly Action[],
): Action | undefined => {
  const grants = access.get(accessKey);
  return grants && actions.find((action) => !isAllowed(grants, action));
};

/** The refusal in AWS's words, for the terminal and for the caller. */
export const denial = (accessKey: string, { action, resource }: Action): string =>
  `${accessKey} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

/** Hears of every allowed action and of its access key. The action may wait until the witness has finished. */
export type Witness = (accessKey: string, action: Action) => void | Promise<void>;

/**
 * Lets a function do only what its role in the template allows, as AWS does. So a forgotten grant fails here, and not
 * only after the deploy.
 */
export const guarded =
  (access: Access, report: (fault: string) => void, witness: Witness) =>
  (actionsOf: ActionsOf, handle: LoopbackHandler, refuse: Refuse = refuseInJson): LoopbackHandler =>
  async (request, gone) => {
    const caller = accessKeyOf(request.headers["authorization"]);
    const actions = actionsOf(request);
    const action = forbidden(access, caller, actions);
    if (!action) {
      for (const each of actions) await witness(caller, each);
      return handle(request, gone);
    }
    const message = denial(caller, action);
    report(message);
    return refuse(message);
  };

type Refuse = (message: string) => Answer;

/** The refusal of a service that speaks AWS JSON. */
export const refuseInJson: Refuse = (message) => ({
  status: 400,
  headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() },
  body: JSON.stringify({ __type: "AccessDeniedException", message, Message: message }),
});

/** The refusal of SNS. */
export const refuseInXml: Refuse = (message) => ({
  status: 403,
  headers: { "content-type": "text/xml" },
  body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>${message.replace(/[<>&]/g, "")}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});
