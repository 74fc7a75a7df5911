import { contract } from "./contract.ts";
import { securityExample, SecurityView } from "./views.ts";

export const readSecurity = contract({
  operation: "readSecurity",
  method: "GET",
  path: "/v1/security",
  summary: "What the Security tab shows",
  credential: "session",
  answers: { 200: SecurityView },
  problems: [],
  examples: { answers: { 200: securityExample } },
});
