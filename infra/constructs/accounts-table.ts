import { Aws, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnGlobalTable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

/** The calls that any function may make, all of which name keys. There is no Scan, no batch write and no wildcard to choose. */
export type TableCall =
  "GetItem" | "BatchGetItem" | "Query" | "PutItem" | "UpdateItem" | "DeleteItem";

/** The partition keys of one kind of item, as `lib` writes them with `itemKey`; `*` stands for an id or a hash. */
type ItemKeys =
  /** An account, and its sessions. */
  | "account#*"
  | "mail#*"
  | `index#${"link" | "challenge" | "call"}#*`
  | `budget#${"password" | "address" | "sends" | "telegram-talk"}#*`
  | `claim#${"telegram-update" | "telegram-notice"}#*`
  | "budget#stopped";

export type TableCalls = Readonly<Partial<Record<ItemKeys, readonly TableCall[]>>>;

/**
 * Of account and session where somebody who is signed in changes something: both are read together, the account is saved,
 * and read anew where the save lost a race; the session is touched.
 */
export const signedIn = [
  "BatchGetItem",
  "GetItem",
  "PutItem",
  "UpdateItem",
] as const satisfies readonly TableCall[];

export type AccountsTableProps = {
  /** RETAIN also protects the table from being deleted. */
  removalPolicy: RemovalPolicy;
  /** A recovered table to use in place of the one that the stack makes. */
  recovered?: string | undefined;
};

/** The one table: accounts, sessions, the mail index, budgets and grants. It and its key outlive the stack. */
export class AccountsTable extends Construct {
  readonly tableName: string;
  private readonly tableArn: string;
  private readonly keyArn: string;

  constructor(scope: Construct, id: string, { removalPolicy, recovered }: AccountsTableProps) {
    super(scope, id);
    const key = new Key(this, "Key", {
      description: "Encrypts the table of accounts",
      enableKeyRotation: true,
      removalPolicy,
    });
    this.keyArn = key.keyArn;

    // What TableV2 would write; TableV2 itself refuses a key of one's own in a stack that may be deployed to any region.
    const table = new CfnGlobalTable(this, "Table", {
      attributeDefinitions: [
        { attributeName: "pk", attributeType: "S" },
        { attributeName: "sk", attributeType: "S" },
      ],
      keySchema: [
        { attributeName: "pk", keyType: "HASH" },
        { attributeName: "sk", keyType: "RANGE" },
      ],
      billingMode: "PAY_PER_REQUEST",
      timeToLiveSpecification: { attributeName: "ttl", enabled: true },
      sseSpecification: { sseEnabled: true, sseType: "KMS" },
      replicas: [
        {
          region: Aws.REGION,
          sseSpecification: { kmsMasterKeyId: this.keyArn },
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
          deletionProtectionEnabled: removalPolicy === RemovalPolicy.RETAIN,
        },
      ],
    });
    table.applyRemovalPolicy(removalPolicy);
    this.tableName = recovered ?? table.ref;
    this.tableArn = recovered === undefined ? table.attrArn : arnOf(this, recovered);
  }

  /**
   * Exactly these calls on items with these keys, and the table's key as far as they need it. Of a request that names no
   * key IAM's `ForAllValues` would hold as well; each of these calls names one (DynamoDB developer guide, "Using IAM
   * policy conditions for fine-grained access control").
   */
  allow(calls: TableCalls): Access {
    return {
      environment: { TABLE_NAME: this.tableName },
      statements: [
        ...Object.entries(calls).map(
          ([keys, some]) =>
            new PolicyStatement({
              actions: some.map((call) => `dynamodb:${call}`),
              resources: [this.tableArn],
              conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [keys] } },
            }),
        ),
        this.decryptThroughTable(),
      ],
    };
  }

  /**
   * DynamoDB decrypts the table key in the name of whoever reads or writes; everything else that it does with the key (data keys,
   * grants) it does in the name of whoever made the table, or its own (DynamoDB developer guide, "Encryption at rest usage notes").
   */
  private decryptThroughTable(): PolicyStatement {
    return new PolicyStatement({
      actions: ["kms:Decrypt"],
      resources: [this.keyArn],
      conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.amazonaws.com` } },
    });
  }
}

/** Every grant names it: a name with a wildcard would open other tables. */
const arnOf = (scope: Construct, tableName: string): string => {
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(tableName)) {
    throw new Error(
      `accountsTable must be the name of a table; it is ${JSON.stringify(tableName)}.`,
    );
  }
  return Stack.of(scope).formatArn({
    service: "dynamodb",
    resource: "table",
    resourceName: tableName,
  });
};
