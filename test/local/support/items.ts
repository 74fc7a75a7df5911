import type { TablePlan } from "../../../local/aws/plan/plan.ts";

/** A table as the service's own is. */
export const ITEMS: TablePlan = {
  name: "Items",
  arn: "arn:aws:dynamodb:us-east-1:000000000000:table/Items",
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
  ],
  TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
};
