import { expect } from "vitest";
import { resourcesOf, settingsOf } from "../synthesize.ts";
import type { Rules } from "./rule.ts";

// Whoever operates the service puts the value there, or the synthetic sign-in; CloudFormation would write another placeholder over it.
const filledByOperator = [
  ["SecretsTelegramBotToken", "unset-put-the-token-of-the-bot-here"],
  ["SecretsSyntheticSignIn", "unset-the-first-run-makes-them"],
  ["SecretsCarrierCredentials", "unset-put-the-credentials-of-the-carriers-here"],
] as const;

export const storageRules: Rules = ({ template }, rule) => {
  rule(
    "the table is on demand, encrypted with its own rotating key, recoverable, protected, and hands nothing to a stream",
    () => {
      expect(settingsOf(template, "AWS::DynamoDB::GlobalTable")).toEqual({
        AccountsTable: {
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [
            { AttributeName: "pk", AttributeType: "S" },
            { AttributeName: "sk", AttributeType: "S" },
          ],
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "sk", KeyType: "RANGE" },
          ],
          TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
          SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
          Replicas: [
            {
              Region: "${AWS::Region}",
              SSESpecification: { KMSMasterKeyId: "${AccountsKey.Arn}" },
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
              DeletionProtectionEnabled: true,
            },
          ],
        },
      });
    },
  );

  rule(
    "table, key, secrets and logs outlive the stack; what a deploy makes anew goes with it, and what a failed first deploy made",
    () => {
      // CloudFormation cannot delete a protected table, not even to take a failed first deploy back.
      const kept = new Map([
        ["AWS::DynamoDB::GlobalTable", "Retain"],
        ["AWS::KMS::Key", "Retain"],
        ["AWS::SecretsManager::Secret", "RetainExceptOnCreate"],
        ["AWS::Logs::LogGroup", "RetainExceptOnCreate"],
      ]);
      for (const [id, resource] of Object.entries(template.Resources)) {
        const { Type, DeletionPolicy = "Delete", UpdateReplacePolicy = "Delete" } = resource;
        const policy = id.startsWith("Pages") ? undefined : kept.get(Type);
        expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([
          id,
          policy ?? "Delete",
          policy ? "Retain" : "Delete",
        ]);
      }
    },
  );

  rule("the bus is this stack's, and open to nobody else", () => {
    expect(settingsOf(template, "AWS::Events::EventBus")).toEqual({
      ActivityBus: {
        Name: expect.stringMatching(/^TwostepActivityBus/) as unknown,
        Description: "Recent activity of accounts, one event an entry",
      },
    });
  });

  rule("there is one secret for each purpose, made once and kept", () => {
    // CloudFront's secret goes with the pages: see pages.test.ts.
    const secrets = resourcesOf(template, "AWS::SecretsManager::Secret").filter(
      ([logicalId]) => !logicalId.startsWith("Pages"),
    );
    // The logical ids and what is generated must never change: CloudFormation would generate anew.
    expect(secrets.map(([logicalId]) => logicalId)).toEqual([
      "SecretsLookupKey28D02452",
      "SecretsTotpKey67F1529E",
      "SecretsRecoveryKeyEC39ADF2",
      "SecretsCodesKey681195CE",
      "SecretsTelegramWebhookSecret951C95D4",
      "SecretsTelegramBotTokenB0D83045",
      "SecretsCarrierCredentials8C9A8B3B",
      "SecretsSyntheticSignIn9F89259F",
    ]);
    for (const [logicalId, secret] of secrets) {
      const generated = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };
      const filled = filledByOperator.find(([name]) => logicalId.startsWith(name));
      const { Description: said, ...value } = secret.Properties;
      expect(said).toBeTypeOf("string");
      expect(value).toEqual(filled ? { SecretString: filled[1] } : generated);
    }
  });

  rule(
    "the table and its key keep their logical ids: another id would be another, empty table",
    () => {
      expect(Object.keys(template.Resources)).toEqual(
        expect.arrayContaining(["AccountsTableE6B6FF58", "AccountsKey7E9B7BDE"]),
      );
    },
  );

  rule("the outputs say where everything is", () => {
    expect(Object.keys(template.Outputs).sort()).toEqual([
      "ActivityBusName",
      "ApiUrl",
      "CallStatusUrl",
      "CarrierCredentialsSecret",
      "CodesKeySecret",
      "FallbackArn",
      "LookupKeySecret",
      "NextStep",
      "PagesUrl",
      "RecoveryKeySecret",
      "TableName",
      "TelegramBotTokenSecret",
      "TelegramStatus",
      "TelegramWebhookSecret",
      "TotpKeySecret",
    ]);
  });
};
