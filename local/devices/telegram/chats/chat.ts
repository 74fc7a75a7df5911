import type { MessageEntity, Update } from "grammy/types";
import * as z from "zod/mini";

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Somebody with Telegram. */
const Person = z.object({
  id: z.int(),
  name: z.string(),
  username: z.optional(z.string()),
  language: z.optional(z.string()),
  /** Whether they ever wrote to the bot. Before that, a bot may not write to them. */
  started: z.boolean(),
  blocked: z.boolean(),
});

export type Person = z.infer<typeof Person>;

const Button = z.object({
  text: z.string(),
  callback_data: z.optional(z.string()),
  url: z.optional(z.string()),
});

export type Keyboard = z.infer<typeof Button>[][];

const ChatMessage = z.object({
  id: z.int(),
  personId: z.int(),
  from: z.enum(["bot", "person"]),
  /** Times are milliseconds since 1970, by the stack's clock. */
  at: z.number(),
  text: z.string(),
  entities: z.array(z.custom<MessageEntity>(isObject)),
  keyboard: z.array(z.array(Button)),
  editedAt: z.optional(z.number()),
  /** Telegram shows "edited" beside a message if its text was changed, but not if only its buttons were. */
  textEdited: z.boolean(),
});

export type ChatMessage = z.infer<typeof ChatMessage>;

const Webhook = z.object({
  url: z.string(),
  secretToken: z.string(),
  maxConnections: z.int(),
  lastError: z.optional(z.object({ at: z.number(), message: z.string() })),
});

export type Webhook = z.infer<typeof Webhook>;

/** An update that the bot has not received yet. */
const PendingUpdate = z.object({
  id: z.int(),
  personId: z.int(),
  at: z.number(),
  update: z.custom<Update>(isObject),
});

export type PendingUpdate = z.infer<typeof PendingUpdate>;

const CommandList = z.object({
  /** Scope and language. */
  key: z.string(),
  commands: z.array(z.object({ command: z.string(), description: z.string() })),
});

export type CommandList = z.infer<typeof CommandList>;

export const ChatChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), person: Person }),
  z.object({ kind: z.literal("message"), message: ChatMessage }),
  z.object({ kind: z.literal("webhook"), webhook: z.nullable(Webhook) }),
  z.object({ kind: z.literal("allowed_updates"), types: z.array(z.string()) }),
  z.object({ kind: z.literal("update"), pending: PendingUpdate }),
  z.object({ kind: z.literal("update_done"), id: z.int() }),
  z.object({ kind: z.literal("commands"), list: CommandList }),
  z.object({ kind: z.literal("numbers"), message: z.int(), update: z.int() }),
]);

export type ChatChange = z.infer<typeof ChatChange>;
