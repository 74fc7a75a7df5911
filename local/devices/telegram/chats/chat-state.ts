import type {
  ChatChange,
  ChatMessage,
  CommandList,
  PendingUpdate,
  Person,
  Webhook,
} from "./chat.ts";

/** All that Telegram knows of the bot and of the people who talk to it. */
export type ChatState = {
  people: Map<number, Person>;
  /** By message id, oldest first. */
  messages: Map<number, ChatMessage>;
  webhook: Webhook | undefined;
  /** Empty: all types. */
  allowedUpdates: string[];
  /** By update id, oldest first. */
  pending: Map<number, PendingUpdate>;
  commands: Map<string, CommandList>;
  /** The last ids that were given out. No id is given out twice. */
  lastMessageId: number;
  lastUpdateId: number;
};

export function emptyChats(): ChatState {
  return {
    people: new Map(),
    messages: new Map(),
    webhook: undefined,
    allowedUpdates: [],
    pending: new Map(),
    commands: new Map(),
    lastMessageId: 0,
    lastUpdateId: 100_000_000,
  };
}

/** Changes `state` itself, because it holds every message of every chat. */
export function applyChatChange(state: ChatState, change: ChatChange): void {
  switch (change.kind) {
    case "person":
      state.people.set(change.person.id, change.person);
      return;
    case "message":
      state.messages.set(change.message.id, change.message);
      state.lastMessageId = Math.max(state.lastMessageId, change.message.id);
      return;
    case "webhook":
      state.webhook = change.webhook ?? undefined;
      return;
    case "allowed_updates":
      state.allowedUpdates = change.types;
      return;
    case "update":
      state.pending.set(change.pending.id, change.pending);
      state.lastUpdateId = Math.max(state.lastUpdateId, change.pending.id);
      return;
    case "update_done":
      state.pending.delete(change.id);
      return;
    case "commands":
      state.commands.set(change.list.key, change.list);
      return;
    case "numbers":
      state.lastMessageId = change.message;
      state.lastUpdateId = change.update;
  }
}

/** Returns changes that build `state` from an empty one. */
export function chatSnapshot(state: ChatState): ChatChange[] {
  return [
    { kind: "numbers", message: state.lastMessageId, update: state.lastUpdateId },
    { kind: "webhook", webhook: state.webhook ?? null },
    { kind: "allowed_updates", types: state.allowedUpdates },
    ...[...state.people.values()].map((person) => ({ kind: "person" as const, person })),
    ...[...state.messages.values()].map((message) => ({ kind: "message" as const, message })),
    ...[...state.pending.values()].map((pending) => ({ kind: "update" as const, pending })),
    ...[...state.commands.values()].map((list) => ({ kind: "commands" as const, list })),
  ];
}
