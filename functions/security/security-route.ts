import { securityView } from "../../lib/whole-account/security-view.ts";
import { readSecurity } from "../../lib/contract/security.ts";
import { answer } from "../../lib/http/answer.ts";
import { readRoute } from "../../lib/http/route.ts";

/** GET /v1/security */
export const readSecurityRoute = readRoute(readSecurity, ({ loaded }) =>
  Promise.resolve(answer(200, securityView(loaded.value))),
);
