import type { Update } from "grammy/types";
import * as z from "zod/mini";

const From = z.looseObject({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.optional(z.string()),
  username: z.optional(z.string()),
  language_code: z.optional(z.string()),
});

const Chat = z.looseObject({ id: z.int(), type: z.string() });

const Message = z.looseObject({
  message_id: z.int(),
  from: z.optional(From),
  chat: Chat,
  text: z.optional(z.string()),
  entities: z.optional(
    z.array(z.looseObject({ type: z.string(), offset: z.int(), length: z.int() })),
  ),
});

/** The part of an update that the bot reads. */
const UpdateSchema = z.looseObject({
  update_id: z.int(),
  message: z.optional(Message),
  callback_query: z.optional(
    z.looseObject({
      id: z.string(),
      from: From,
      data: z.optional(z.string()),
      message: z.optional(z.looseObject({ message_id: z.int(), chat: Chat })),
    }),
  ),
});

/** The update in a webhook's body; undefined if the body is not one. */
export const readUpdate = (body: string): Update | undefined => {
  try {
    const parsed = UpdateSchema.safeParse(JSON.parse(body));
    // The schema checked what the bot reads; grammY's type names much more that the bot does not read.
    return parsed.success ? (parsed.data as unknown as Update) : undefined;
  } catch {
    return undefined;
  }
};
