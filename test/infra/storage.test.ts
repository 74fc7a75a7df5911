import { expect, test } from "vitest";
import * as z from "zod";
import { named, resourcesOf, synthesize, theOnly } from "./synthesize.ts";

const { template } = synthesize();

test("the table is on demand, encrypted with its own rotating key, recoverable, protected, and outlives the stack", () => {
  const table = theOnly(template, "AWS::DynamoDB::GlobalTable");
  expect(table).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  expect(table.Properties).toMatchObject({
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
  });
  const [replica, ...others] = z
    .array(z.looseObject({ SSESpecification: z.object({ KMSMasterKeyId: z.unknown() }) }))
    .parse(table.Properties["Replicas"]);
  expect(others).toEqual([]);
  expect(replica).toMatchObject({
    Region: { Ref: "AWS::Region" },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
  });
  expect(named(replica?.SSESpecification.KMSMasterKeyId)).toBe("AccountsKey");
  const key = theOnly(template, "AWS::KMS::Key");
  expect(key).toMatchObject({ DeletionPolicy: "Retain", Properties: { EnableKeyRotation: true } });
});

// Whoever operates the service puts the value there; CloudFormation would write another placeholder over it.
const filledByOperator = [
  ["SecretsTelegramBotToken", "unset-put-the-token-of-the-bot-here"],
  ["SecretsCarrierCredentials", "unset-put-the-credentials-of-the-carriers-here"],
] as const;

test("there is one secret for each purpose, made once and kept", () => {
  const secrets = resourcesOf(template, "AWS::SecretsManager::Secret");
  // The logical ids and what is generated must never change: CloudFormation would generate anew.
  expect(secrets.map(([logicalId]) => logicalId)).toEqual([
    "SecretsLookupKey28D02452",
    "SecretsTotpKey67F1529E",
    "SecretsRecoveryKeyEC39ADF2",
    "SecretsTelegramWebhookSecret951C95D4",
    "SecretsTelegramBotTokenB0D83045",
    "SecretsCodesKey681195CE",
    "SecretsCarrierCredentials8C9A8B3B",
  ]);
  for (const [logicalId, secret] of secrets) {
    expect(secret).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    const generated = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };
    const filled = filledByOperator.find(([name]) => logicalId.startsWith(name));
    const value = { ...secret.Properties, Description: undefined };
    expect(value).toEqual(filled ? { SecretString: filled[1] } : generated);
  }
});

test("the table and its key keep their logical ids: another id would be another, empty table", () => {
  expect(Object.keys(template.Resources)).toEqual(
    expect.arrayContaining(["AccountsTableE6B6FF58", "AccountsKey7E9B7BDE"]),
  );
});

test("the outputs say where everything is", () => {
  expect(Object.keys(template.Outputs).sort()).toEqual([
    "ActivityBusName",
    "ApiUrl",
    "CallStatusUrl",
    "CarrierCredentialsSecret",
    "CodesKeySecret",
    "LadderArn",
    "LookupKeySecret",
    "NextStep",
    "RecoveryKeySecret",
    "TableName",
    "TelegramBotTokenSecret",
    "TelegramStatus",
    "TelegramWebhookSecret",
    "TotpKeySecret",
  ]);
});
