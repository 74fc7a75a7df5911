import { arn } from "../access/actions.ts";
import { accessKeyOf, denial, forbidden } from "../access/guard.ts";
import type { Access, Witness } from "../access/guard.ts";
import { isSigned, LOCAL_CREDENTIALS } from "../access/signature.ts";
import type { GatewayRequest } from "../http/request.ts";

export type SignedCalls = {
  /** What functions may do; a function signs with its name as its key. */
  access: Access;
  apiId: string;
  report: (fault: string) => void;
  witness: Witness;
};

/**
 * The access key that signed a request to a route of IAM; undefined if nobody did, or somebody who may not call it. The
 * local identity may call every route, a function those that its role names.
 */
export async function signedBy(
  request: GatewayRequest,
  { access, apiId, report, witness }: SignedCalls,
  now: number,
): Promise<string | undefined> {
  const accessKeyId = accessKeyOf(request.headers["authorization"]);
  const isFunction = access.has(accessKeyId);
  const credentials = isFunction ? { ...LOCAL_CREDENTIALS, accessKeyId } : LOCAL_CREDENTIALS;
  // Functions sign by the stack's clock, and others do not see it.
  if (!isSigned(request, credentials, isFunction ? now : Date.now())) return undefined;
  if (!isFunction) return accessKeyId;
  const resource = arn("execute-api", `${apiId}/$default/${request.method}${request.path}`);
  const action = { action: "execute-api:Invoke", resource };
  if (forbidden(access, accessKeyId, [action])) {
    report(denial(accessKeyId, action));
    return undefined;
  }
  await witness(accessKeyId, action);
  return accessKeyId;
}
