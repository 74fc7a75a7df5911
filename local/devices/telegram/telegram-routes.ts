import * as z from "zod/mini";
import { parseJson } from "../../aws/data/parse-json.ts";
import type { Answer } from "../../aws/http/answer.ts";
import { ok } from "../api/api.ts";
import type { DeviceRequest, DeviceRoutes } from "../api/api.ts";
import { problem } from "../api/problem.ts";
import { Fault } from "./bot-api/faults.ts";
import type { ChatMessage, Person } from "./chats/chat.ts";
import type { FakeTelegram } from "./fake-telegram.ts";
import { MAX_TEXT_LENGTH } from "./wire/read-text.ts";

const Name = z.string().check(z.minLength(1), z.maxLength(128));
const Language = z.string().check(z.minLength(2), z.maxLength(35));
const NewPerson = z.strictObject({
  name: Name,
  username: z.optional(z.string().check(z.regex(/^@?\w{1,32}$/))),
  language: z.optional(Language),
});
const Text = z.strictObject({
  text: z.string().check(z.minLength(1), z.maxLength(MAX_TEXT_LENGTH)),
});
const Tap = z.strictObject({ messageId: z.int(), button: z.string() });
const Changes = z.strictObject({
  blocked: z.optional(z.boolean()),
  name: z.optional(Name),
  language: z.optional(Language),
});
const FaultList = z.strictObject({
  faults: z.array(Fault),
  always: z.optional(z.nullable(Fault)),
});

/** The routes that play the people who have Telegram, and that plan the faults of Telegram itself. */
export function telegramRoutes(fake: FakeTelegram): DeviceRoutes {
  const users = "/devices/api/telegram/users";
  const { state } = fake;
  return {
    [`GET ${users}`]: () => ok({ users: [...state.people.values()].map(describe) }),

    [`POST ${users}`]: withBody(NewPerson, (_, { name, username, language }) => {
      const person = fake.add({
        name,
        ...(username === undefined ? {} : { username: username.replace(/^@/, "") }),
        ...(language === undefined ? {} : { language }),
      });
      return { ...ok({ userId: person.id }), status: 201 };
    }),

    [`PUT ${users}/{userId}`]: withPerson(fake, (person, request) =>
      withBody(Changes, (_, { blocked = person.blocked, name, language }) => {
        const changed = fake.change(person, {
          ...(name === undefined ? {} : { name }),
          ...(language === undefined ? {} : { language }),
        });
        fake.block(changed, blocked);
        return ok(describe({ ...changed, blocked }));
      })(request),
    ),

    [`POST ${users}/{userId}/send`]: withPerson(fake, (person, request) =>
      withBody(Text, (_, { text }) => {
        if (person.blocked)
          return problem(409, "bot_blocked", "Who has blocked the bot cannot write to it.");
        fake.write(person, text);
        return ACCEPTED;
      })(request),
    ),

    [`GET ${users}/{userId}/messages`]: withPerson(fake, ({ id }, { rawQuery }) => {
      const own = new URLSearchParams(rawQuery).get("own") === "true";
      const chat = [...state.messages.values()].filter(({ personId }) => personId === id);
      return ok({
        messages: own
          ? chat.map((message) => ({ ...show(message), from: message.from }))
          : chat.filter(({ from }) => from === "bot").map(show),
      });
    }),

    [`POST ${users}/{userId}/tap`]: withPerson(fake, (person, request) =>
      withBody(Tap, async (_, { messageId, button: label }) => {
        const message = state.messages.get(messageId);
        if (message?.personId !== person.id) return problem(404, "not_found");
        const button = message.keyboard.flat().find(({ text }) => text === label);
        if (!button) return problem(404, "not_found", "The message has no such button now.");
        if (button.callback_data === undefined) return ok({ url: button.url });
        const notice = await fake.tap(person, message, button.callback_data);
        return ok(notice === undefined ? {} : { notice });
      })(request),
    ),

    "POST /devices/api/telegram/faults": withBody(FaultList, (_, { faults, always }) => {
      fake.faults.plan(faults, always);
      return ACCEPTED;
    }),
  };
}

type Handler = (request: DeviceRequest) => Answer | Promise<Answer>;

const ACCEPTED: Answer = { ...ok({}), status: 202 };

function withBody<Schema extends z.ZodMiniType>(
  schema: Schema,
  handle: (request: DeviceRequest, input: z.infer<Schema>) => Answer | Promise<Answer>,
): Handler {
  return (request) => {
    const input = z.safeParse(schema, parseJson(request.body.toString()));
    return input.success
      ? handle(request, input.data)
      : problem(400, "invalid_request", z.prettifyError(input.error));
  };
}

function withPerson(
  { state }: FakeTelegram,
  handle: (person: Person, request: DeviceRequest) => Answer | Promise<Answer>,
): Handler {
  return (request) => {
    const person = state.people.get(Number(request.pathParameters["userId"]));
    return person ? handle(person, request) : problem(404, "not_found");
  };
}

function describe({ id, name, username, language, blocked }: Person): Record<string, unknown> {
  return { userId: id, name, username, language, blocked };
}

function show({ id, text, keyboard, textEdited, at }: ChatMessage): Record<string, unknown> {
  return {
    id,
    text,
    buttons: keyboard.map((row) => row.map((button) => button.text)),
    edited: textEdited,
    at: new Date(at).toISOString(),
  };
}
