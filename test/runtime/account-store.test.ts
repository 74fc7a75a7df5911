import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { newAccount } from "../../lib/account/account.ts";
import type { AccountStore } from "../../lib/account/account-store.ts";
import { accountKey, dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { accountId } from "../support/ids.ts";
import { onEveryTable } from "../support/every-table.ts";
import { loseAnswers } from "../support/lost-answers.ts";
import { memoryAccountStore } from "../support/memory-account-store.ts";
import { noon } from "../support/time.ts";
import { accountStoreContract } from "./account-store.contract.ts";

describe("in memory", () => {
  accountStoreContract(() => {
    const kept = memoryAccountStore();
    let lost = false;
    const save: AccountStore["save"] = async (...saved) => {
      const answer = await kept.save(...saved);
      if (!lost) return answer;
      lost = false;
      return kept.save(...saved);
    };
    return { store: { ...kept, save }, loseNextAnswer: () => void (lost = true) };
  });
});

onEveryTable((table) => {
  accountStoreContract(() => {
    const client = table().client();
    const loseNextAnswer = loseAnswers(client);
    return { store: dynamoAccountStore(tableOf(client, table().tableName)), loseNextAnswer };
  });

  const store = () => dynamoAccountStore(tableOf(table().client(), table().tableName));
  const stored = (id: string, format: string | undefined, account: object) =>
    tableOf(table().client(), table().tableName).client.send(
      new PutCommand({
        TableName: table().tableName,
        Item: {
          ...accountKey(accountId(id)),
          version: "v1",
          ...(format !== undefined && { format }),
          account: JSON.stringify(account),
        },
      }),
    );

  test("an account of a format that this release does not know is a fault, not an account", async () => {
    await stored("newer", "2", newAccount({ id: accountId("newer"), createdAt: 0, email: "" }));
    await expect(store().load(accountId("newer"))).rejects.toThrow("unknown format");
    await stored("none", undefined, { id: "none" });
    await expect(store().load(accountId("none"))).rejects.toThrow("format");
  });

  test("an account that was saved before a field existed has what a new account has there", async () => {
    const given = { id: accountId("older"), createdAt: noon, email: "ann@example.com" };
    await stored("older", "1", { ...given, epoch: 3 });
    await expect(store().load(given.id)).resolves.toEqual({
      value: { ...newAccount(given), epoch: 3 },
      version: "v1",
    });
  });
});
