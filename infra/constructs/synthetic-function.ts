import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { syntheticAccount } from "../../lib/settings/synthetic-account.ts";
import type { FunctionParts } from "./function-parts.ts";

/**
 * The function of the synthetic sign-in. It comes to the service from outside, as a browser and as a host, and a host
 * may do two things with one account: it has no table, no key and no other account.
 */
export const syntheticFunction = ({ make, api, pages, secrets }: FunctionParts) => {
  const path = `/v1/accounts/${syntheticAccount.id}`;
  return {
    "synthetic-sign-in": make("synthetic-sign-in", {
      timeoutSeconds: 30,
      environment: { HOST_API_URL: api.url, BROWSER_API_URL: pages?.origin ?? api.url },
      access: [
        secrets.allowSyntheticSignIn(),
        api.allowHostCall(HttpMethod.PUT, path),
        api.allowHostCall(HttpMethod.POST, `${path}/reset`),
      ],
    }),
  };
};
