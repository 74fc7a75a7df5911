import { expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import { startService } from "../support/service.ts";
import { copiedSubjects } from "./copied-subjects.ts";
import { sendValid, senderOf, validRequest } from "./valid-requests.ts";

const service = await startService();
const subjects = await copiedSubjects(service);

// Fails in `conform`: the contract does not name what the stack answers.
test.each(contracts.filter(({ body, method }) => !body && method !== "GET"))(
  "$method $path refuses a body by a problem that its contract names",
  (contract) =>
    subjects.withOne(async (subject) => {
      const send = (sending: object) =>
        sendValid(
          contract,
          validRequest(contract, subject),
          senderOf(contract, subject, service),
          sending,
        );
      expect((await send({ json: { unknown: 1 } })).code).toBe("invalid_request");
      expect((await send({ body: "{" })).code).toBe("invalid_json");
      expect((await send({ body: "{}", headers: { "content-type": "text/plain" } })).status).toBe(
        415,
      );
      expect((await send({ body: " ".repeat(8193) })).status).toBe(413);
    }),
);
