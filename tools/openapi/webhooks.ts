import { webhooks } from "../../lib/contract/webhooks.ts";
import { problemResponses } from "./problems.ts";
import { webhookTag } from "./tags.ts";

type Path = "/v1/telegram/webhook" | "/v1/calls/{carrier}/status";

/** The webhooks with their answers. After `busy` and `unavailable` the caller repeats the request. */
const described = {
  "/v1/telegram/webhook": {
    operation: "receiveTelegramUpdate",
    summary: "What people do in the bot, from Telegram",
    security: [{ telegram: [] }],
    parameters: [],
    schema: {
      type: "object",
      description: "Telegram's [Update](https://core.telegram.org/bots/api#update); at most 64 KB",
    },
    example: { update_id: 10_000, message: { message_id: 1, text: "/start" } },
    codes: ["unauthenticated", "forbidden_origin", "payload_too_large", "busy", "unavailable"],
  },
  "/v1/calls/{carrier}/status": {
    operation: "receiveCallStatus",
    summary: "What became of a call, from the carrier that placed it",
    security: [{ telnyx: [] }],
    parameters: [
      {
        name: "carrier",
        in: "path",
        required: true,
        description: "The carriers that report; another is 404 `not_found`",
        schema: { type: "string", enum: ["telnyx"] },
      },
      {
        name: "telnyx-timestamp",
        in: "header",
        required: true,
        description: "Seconds since the epoch; at most five minutes off. It is signed along",
        schema: { type: "string", pattern: "^[1-9][0-9]{0,11}$" },
      },
    ],
    schema: {
      type: "object",
      description:
        "Telnyx's event of a [verification](https://developers.telnyx.com/docs/identity/verify); at most 64 KB. Only `verify.failed` does anything: the fallback moves on",
    },
    example: {
      data: {
        event_type: "verify.failed",
        payload: { id: "12ade33a-21c0-473b-b055-b3c836e1c292", delivery_status: "delivery_failed" },
      },
    },
    codes: [
      "unauthenticated",
      "forbidden_origin",
      "not_found",
      "payload_too_large",
      "busy",
      "unavailable",
    ],
  },
} as const satisfies Record<Path, object>;

/** The problem codes of these routes, for the types of problems. */
export const webhookProblems = Object.values(described);

/**
 * The `paths` that Telegram and carriers call. OpenAPI's own `webhooks` are requests that a service sends to its
 * clients' addresses. These requests arrive at our address, and the service itself sends none.
 */
export const webhookPaths = (): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    webhooks.map(({ method, path }) => {
      const { operation, summary, security, parameters, schema, example, codes } = find(path);
      return [
        path,
        {
          [method.toLowerCase()]: {
            operationId: operation,
            summary,
            tags: [webhookTag.name],
            security,
            ...(parameters.length > 0 && { parameters }),
            requestBody: { required: true, content: { "application/json": { schema, example } } },
            responses: {
              200: { description: "Taken, or of no interest. No body" },
              ...problemResponses({ operation, codes }),
            },
          },
        },
      ];
    }),
  );

const find = (path: string) => {
  const found = Object.entries(described).find(([one]) => one === path);
  if (!found) throw new Error(`Describe the webhook ${path} in tools/openapi/webhooks.ts.`);
  return found[1];
};

/** The part of `components.securitySchemes` for those callers. */
export const webhookSchemes = {
  telegram: {
    type: "apiKey",
    in: "header",
    name: "X-Telegram-Bot-Api-Secret-Token",
    description: "The secret with which the deployment told Telegram where its webhook is",
  },
  telnyx: {
    type: "apiKey",
    in: "header",
    name: "telnyx-signature-ed25519",
    description: "Ed25519 of `<telnyx-timestamp>|<body>` by the account's key, in base64",
  },
};
