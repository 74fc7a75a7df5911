import { Aws, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnGlobalTable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

/** The calls that functions may make, all of which name keys. There is no Scan, no batch write and no wildcard. */
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
  | "budget#stopped"
  /** No item has it: a read of it tells only whether the table answers. */
  | "health";

export type TableCalls = Readonly<Partial<Record<ItemKeys, readonly TableCall[]>>>;

/**
 * The calls on account and session for a change by a signed-in person: the function reads both together, saves the
 * account, reads it again when the save lost a race, and touches the session.
 */
export const signedIn = [
  "BatchGetItem",
  "GetItem",
  "PutItem",
  "UpdateItem",
] as const satisfies readonly TableCall[];

export type AccountsTableProps = {
  /** Whether the table may be lost with the stack. Otherwise it is kept, with its key, and protected. */
  trial: boolean;
  /** A recovered table, used instead of the one that the stack makes. */
  recovered?: string | undefined;
};

/** The one table: accounts, sessions, the mail index, budgets and grants. The table and its key outlive the stack. */
export class AccountsTable extends Construct {
  readonly tableName: string;
  private readonly tableArn: string;
  private readonly keyArn: string;

  constructor(scope: Construct, id: string, { trial, recovered }: AccountsTableProps) {
    super(scope, id);
    // A failed first deploy leaves the table: CloudFormation cannot delete a protected one, and would fail to roll back.
    // The key stays with its table.
    const removalPolicy = trial ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    const key = new Key(this, "Key", {
      description: "Encrypts the table of accounts",
      enableKeyRotation: true,
      removalPolicy,
    });
    this.keyArn = key.keyArn;

    // This is what TableV2 would write. TableV2 itself refuses a customer key in a stack that may be deployed to any
    // region.
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
          deletionProtectionEnabled: !trial,
        },
      ],
    });
    table.applyRemovalPolicy(removalPolicy);
    this.tableName = recovered ?? table.ref;
    this.tableArn = recovered === undefined ? table.attrArn : arnOf(this, recovered);
  }

  /**
   * Allows exactly these calls on items with these keys, and the use of the table's key for them. IAM's `ForAllValues`
   * would also hold for a request that names no key, but each of these calls names one (DynamoDB developer guide,
   * "Using IAM policy conditions for fine-grained access control").
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
   * DynamoDB decrypts the table key in the name of the caller who reads or writes. For everything else that it does
   * with the key (data keys, grants) it acts in its own name or in that of the table's creator (DynamoDB developer
   * guide, "Encryption at rest usage notes").
   */
  private decryptThroughTable(): PolicyStatement {
    return new PolicyStatement({
      actions: ["kms:Decrypt"],
      resources: [this.keyArn],
      conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.amazonaws.com` } },
    });
  }
}

/** Returns the table's ARN. Every grant names it, so a name with a wildcard throws: it would open other tables. */
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
