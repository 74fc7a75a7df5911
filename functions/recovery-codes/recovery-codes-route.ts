import { createRecoveryCodes } from "../../lib/contract/recovery-codes.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import {
  recoveryCode,
  recoveryCodeBytes,
  recoveryCodeHashes,
  replaceRecoveryCodes,
} from "../../lib/recovery-codes/recovery-codes.ts";
import { answer } from "../../lib/http/answer.ts";
import { decideAs } from "../../lib/http/decide-as.ts";
import { problem } from "../../lib/http/problem.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";

/** POST /v1/recovery-codes */
export const createRecoveryCodesRoute = (recoveryKeys: () => Promise<KeyRing>) =>
  route(createRecoveryCodes, async (request) => {
    const { services, session, client, now } = request;
    const keys = await recoveryKeys();
    const codes = Array.from({ length: services.limits.recoveryCodes.count }, () =>
      recoveryCode(services.random(recoveryCodeBytes)),
    );
    const hashes = codes.map((code) => recoveryCodeHashes(keys, session.accountId, code)[0]);
    const { outcome } = await decideAs(services, request, (account) =>
      replaceRecoveryCodes(
        account,
        { hashes, sessionId: session.id, client },
        contextOf(services, now),
      ),
    );
    switch (outcome.kind) {
      case "replaced":
        return answer(201, { codes });
      case "second_step_required":
      case "unauthenticated":
        return problem(outcome.kind);
    }
  });
