import * as z from "zod/mini";

// The properties that the local stack reads, as CloudFormation's resource reference names them. Where a literal stands,
// the local stack can do nothing else: it refuses a template that asks for more, and does not obey it in part.

export const Function = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Environment: z.optional(z.object({ Variables: z.record(z.string(), z.string()) })),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  Role: z.optional(z.string()),
});

/** Another name of a function, by which others invoke it. */
export const Alias = z.object({ FunctionName: z.string(), Name: z.string() });

/** Where IAM takes a list of texts, it also takes one text. */
export const Texts = z.union([
  z.array(z.string()),
  z.pipe(
    z.string(),
    z.transform((one) => [one]),
  ),
]);

/** An identity's own policies. Managed policies and denials are refused: the local stack does not evaluate them. */
export const Role = z.object({
  ManagedPolicyArns: z.optional(z.never()),
  Policies: z._default(
    z.array(
      z.object({
        PolicyDocument: z.object({
          Statement: z.array(
            z.object({
              Effect: z.literal("Allow"),
              Action: Texts,
              Resource: z.optional(Texts),
              NotResource: z.optional(Texts),
              Condition: z.optional(z.unknown()),
            }),
          ),
        }),
      }),
    ),
    [],
  ),
});

export const Integration = z.object({
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0"),
});

export const Route = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z._default(z.enum(["NONE", "AWS_IAM"]), "NONE"),
});

export const Stage = z.object({ StageName: z.literal("$default") });

const Cors = z.object({
  AllowOrigins: z._default(z.array(z.string()), []),
  AllowMethods: z._default(z.array(z.string()), []),
  AllowHeaders: z._default(z.array(z.string()), []),
  ExposeHeaders: z._default(z.array(z.string()), []),
  AllowCredentials: z._default(z.boolean(), false),
  MaxAge: z.optional(z.number()),
});

export type Cors = z.infer<typeof Cors>;

export const Api = z.object({
  ProtocolType: z.literal("HTTP"),
  CorsConfiguration: z.optional(Cors),
});

const KeySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }),
);

const Projection = z.object({
  ProjectionType: z.optional(z.enum(["ALL", "KEYS_ONLY", "INCLUDE"])),
  NonKeyAttributes: z.optional(z.array(z.string())),
});

export const Table = z.object({
  KeySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  GlobalSecondaryIndexes: z.optional(
    z.array(z.object({ IndexName: z.string(), KeySchema, Projection })),
  ),
  TimeToLiveSpecification: z.optional(
    z.object({ AttributeName: z.optional(z.string()), Enabled: z.boolean() }),
  ),
});

export const Secret = z.object({
  SecretString: z.optional(z.string()),
  GenerateSecretString: z.optional(
    z.strictObject({
      PasswordLength: z._default(z.number(), 32),
      ExcludeCharacters: z._default(z.string(), ""),
      ExcludeLowercase: z._default(z.boolean(), false),
      ExcludeUppercase: z._default(z.boolean(), false),
      ExcludeNumbers: z._default(z.boolean(), false),
      ExcludePunctuation: z._default(z.boolean(), false),
      IncludeSpace: z._default(z.boolean(), false),
      RequireEachIncludedType: z._default(z.boolean(), true),
    }),
  ),
});

export type SecretRule = NonNullable<z.infer<typeof Secret>["GenerateSecretString"]>;

export const Queue = z.object({
  FifoQueue: z._default(z.literal(false), false),
  VisibilityTimeout: z._default(z.number(), 30),
  DelaySeconds: z._default(z.number(), 0),
  MessageRetentionPeriod: z._default(z.number(), 4 * 24 * 3600),
  MaximumMessageSize: z._default(z.number(), 256 * 1024),
  RedrivePolicy: z.optional(
    z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }),
  ),
});

export const EventSourceMapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z._default(z.number(), 10),
  Enabled: z._default(z.literal(true), true),
  FunctionResponseTypes: z._default(z.array(z.literal("ReportBatchItemFailures")), []),
  MaximumBatchingWindowInSeconds: z._default(z.literal(0), 0),
  FilterCriteria: z.optional(z.never()),
});

export const StateMachine = z.object({
  StateMachineType: z._default(z.literal("STANDARD"), "STANDARD"),
  DefinitionString: z.string(),
  RoleArn: z.optional(z.string()),
  DefinitionSubstitutions: z.optional(z.never()),
});

export const EventBus = z.object({
  Name: z.string(),
  EventSourceName: z.optional(z.never()),
});

/** Files that a function carries in its folder `files`, and puts into a bucket. */
export const PagesDeployment = z.object({ ServiceToken: z.string(), CacheControl: z.string() });

const HeaderItem = z.object({ Header: z.string(), Value: z.string() });

export const PageHeaders = z.object({
  ResponseHeadersPolicyConfig: z.object({
    CorsConfig: z.optional(
      z.object({ AccessControlAllowOrigins: z.object({ Items: z.tuple([z.literal("*")]) }) }),
    ),
    CustomHeadersConfig: z._default(z.object({ Items: z.array(HeaderItem) }), { Items: [] }),
    SecurityHeadersConfig: z.object({
      ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
      ContentTypeOptions: z.object({ Override: z.literal(true) }),
      FrameOptions: z.object({ FrameOption: z.string() }),
      ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }),
    }),
  }),
});

/** All properties of a custom resource go to its function. */
export const CustomResource = z.looseObject({ ServiceToken: z.string() });

/** A rule that invokes functions every so many minutes. Events of a bus, and times of the day, are refused. */
export const ScheduleRule = z.object({
  EventPattern: z.optional(z.never()),
  ScheduleExpression: z.pipe(
    z.string().check(z.regex(/^rate\(\d+ minutes?\)$/)),
    z.transform((rate) => Number(/\d+/.exec(rate)?.[0])),
  ),
  State: z._default(z.literal("ENABLED"), "ENABLED"),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.optional(z.never()) })),
});
