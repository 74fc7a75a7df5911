import { randomInt } from "node:crypto";
import type { Timers } from "../../aws/clock/timers.ts";
import { openJournal } from "../../aws/data/journal.ts";
import type { LoopbackHandler } from "../../aws/http/loopback.ts";
import { answerBotApi } from "./bot-api/answer-bot-api.ts";
import { createFaults } from "./bot-api/faults.ts";
import type { Faults } from "./bot-api/faults.ts";
import { createLongPolling } from "./bot-api/get-updates.ts";
import type { Bot } from "./chats/bot.ts";
import { createCallbacks } from "./chats/callbacks.ts";
import { applyChatChange, chatSnapshot, emptyChats } from "./chats/chat-state.ts";
import type { ChatState } from "./chats/chat-state.ts";
import { ChatChange } from "./chats/chat.ts";
import type { ChatMessage, Person } from "./chats/chat.ts";
import { block, newPerson, tap, write } from "./chats/people.ts";
import type { Doing } from "./chats/people.ts";
import { createDelivery } from "./updates/deliver-updates.ts";
import { postUpdate } from "./updates/post-update.ts";

/** Telegram on this machine: its people, and the server that the bot calls. */
export type FakeTelegram = {
  state: Readonly<ChatState>;
  faults: Faults;
  add: (about: Pick<Person, "name" | "username" | "language">) => Person;
  write: (person: Person, text: string) => void;
  /** Resolves to the bot's notice when the bot has answered, or to undefined after 5 s. */
  tap: (person: Person, message: ChatMessage, data: string) => Promise<string | undefined>;
  block: (person: Person, blocked: boolean) => void;
  /** Changes a person's name or the language of their Telegram. The bot learns of it with their next update. */
  change: (person: Person, about: Partial<Pick<Person, "name" | "language">>) => Person;
  handle: LoopbackHandler;
  /** Hands over the updates that the last run left. */
  start: () => void;
  stop: () => void;
};

export type FakeTelegramOptions = {
  path: string;
  bot: Bot;
  now: () => number;
  timers: Timers;
  /** Is called when there is something new to see. */
  onChange: () => void;
};

/** Opens the fake with the people and chats that are in the file at `path`. */
export function openFakeTelegram({
  path,
  bot,
  now,
  timers,
  onChange,
}: FakeTelegramOptions): FakeTelegram {
  const state = emptyChats();
  const journal = openJournal<ChatChange>({
    path,
    schema: ChatChange,
    apply: (change) => {
      applyChatChange(state, change);
      onChange();
    },
    snapshot: () => chatSnapshot(state),
  });
  const ended = new AbortController();
  const callbacks = createCallbacks();
  const faults = createFaults(onChange);
  const delivery = createDelivery({
    state,
    record: (changes) => journal.record(...changes),
    post: (webhook, { update }) => postUpdate(webhook, update, ended.signal),
    now,
    timers,
  });
  const polling = createLongPolling(state, (changes) => journal.record(...changes));

  const recordFromBot = (changes: readonly ChatChange[]): void => {
    journal.record(...changes);
    if (changes.some(({ kind }) => kind === "webhook")) delivery.restart();
  };
  const recordFromPerson = (changes: readonly ChatChange[]): void => {
    journal.record(...changes);
    polling.wake();
    void delivery.pump();
  };
  const doing = (): Doing => ({ bot, state, now: now() });

  return {
    state,
    faults,
    add: (about) => {
      const person = newPerson(state, about);
      journal.record({ kind: "person", person });
      return person;
    },
    change: (person, about) => {
      const changed = { ...person, ...about };
      journal.record({ kind: "person", person: changed });
      return changed;
    },
    write: (person, text) => recordFromPerson(write(person, text, doing())),
    block: (person, blocked) => recordFromPerson(block(person, blocked, doing())),
    tap: (person, message, data) => {
      const queryId = `${person.id}${randomInt(1_000_000_000, 9_999_999_999)}`;
      const notice = callbacks.open(queryId, now());
      recordFromPerson(tap({ queryId, person, message, data }, doing()));
      return notice;
    },
    handle: answerBotApi({
      context: () => ({ bot, state, callbacks, now: now() }),
      faults,
      getUpdates: polling.getUpdates,
      record: recordFromBot,
    }),
    start: () => void delivery.pump(),
    stop: () => {
      delivery.stop();
      ended.abort();
      journal.close();
    },
  };
}
