import { expect, test } from "vitest";
import { createResolver } from "../../../../local/aws/template/resolve.ts";
import type { Resolve } from "../../../../local/aws/template/resolve.ts";

const resolve: Resolve = createResolver(
  {
    Parameters: {
      Origins: { Type: "CommaDelimitedList" },
      Name: { Type: "String", Default: "Twostep" },
      Open: { Type: "String" },
    },
    Conditions: { Named: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Name" }, ""] }] } },
    Resources: { Table: { Type: "AWS::DynamoDB::GlobalTable" } },
  },
  {
    parameters: { Origins: "http://a.example, http://b.example" },
    pseudo: { "AWS::Region": "us-east-1" },
    ref: (id, type) => `${id}:${type}`,
    attribute: (id, _type, attribute) => `${id}.${attribute}!`,
  },
);

test.each([
  [{ Ref: "AWS::Region" }, "us-east-1"],
  [{ Ref: "Name" }, "Twostep"],
  [{ Ref: "Origins" }, ["http://a.example", "http://b.example"]],
  [{ Ref: "Table" }, "Table:AWS::DynamoDB::GlobalTable"],
  [{ "Fn::GetAtt": ["Table", "Arn"] }, "Table.Arn!"],
  [{ "Fn::GetAtt": "Table.Stream.Arn" }, "Table.Stream.Arn!"],
  [{ "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }]] }, "a-us-east-1"],
  [{ "Fn::Join": [",", { Ref: "Origins" }] }, "http://a.example,http://b.example"],
  [{ "Fn::Select": ["1", { "Fn::Split": ["/", "x/y"] }] }, "y"],
  [
    { "Fn::Sub": "${Name} in ${AWS::Region} has ${Table.Arn} and ${!Literal}" },
    "Twostep in us-east-1 has Table.Arn! and ${Literal}",
  ],
  [{ "Fn::Sub": ["${Own}", { Own: { Ref: "Name" } }] }, "Twostep"],
  [{ "Fn::If": ["Named", { Ref: "Name" }, { "Fn::ImportValue": "unread" }] }, "Twostep"],
  [{ deep: [{ Ref: "Name" }, 3, true, null] }, { deep: ["Twostep", 3, true, null] }],
])("an intrinsic becomes the value that CloudFormation would put: %j", (value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

test.each([
  [{ "Fn::ImportValue": "other" }, /Fn::ImportValue/],
  [{ "Fn::If": ["condition", 1, 2] }, /condition condition/],
  [{ Ref: "Nothing" }, /Nothing/],
  [{ Ref: "AWS::StackId" }, /AWS::StackId/],
  [{ Ref: "Open" }, /neither a local value nor a default/],
  [{ "Fn::Sub": "${Nothing}" }, /Nothing/],
  [{ "Fn::Select": [5, ["a"]] }, /nothing at 5/],
  ["{{resolve:ssm:/x}}", /dynamic reference/],
])("what the resolver does not know stops the start: %j", (value, message) => {
  expect(() => resolve(value)).toThrow(message);
});
