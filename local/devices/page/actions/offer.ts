import type { Account } from "../authenticator/account.ts";
import { readPicture } from "../authenticator/read-picture.ts";
import { recognise } from "../state/recognise.ts";

/** What the user pasted, dropped or chose: text, or a picture that may hold a QR code. */
export type Offered = { readonly text: string } | { readonly picture: Blob | string };

export type OfferResult =
  | { kind: "start"; token: string }
  | { kind: "account"; account: Account }
  | { kind: "useless"; reason: string };

/** Finds out what a phone does with it. `bot` is the stack's bot; undefined if the stack does not play Telegram. */
export async function offer(offered: Offered, bot: string | undefined): Promise<OfferResult> {
  const text = "text" in offered ? offered.text : await readPicture(offered.picture);
  if (text === undefined) return useless("There is no QR code in that picture");
  const recognised = recognise(text);
  switch (recognised.kind) {
    case "account":
      return { kind: "account", account: recognised.account };
    case "telegram_link":
      return recognised.bot.toLowerCase() === bot?.toLowerCase()
        ? { kind: "start", token: recognised.token }
        : useless(`@${recognised.bot} is not the bot of this stack`);
    case "nothing":
      return useless("That is neither a t.me link, nor a key, nor a QR code with one");
  }
}

const useless = (reason: string): OfferResult => ({ kind: "useless", reason });

/** Reads a paste or a drop. A picture comes before text, because browsers add text of their own to pictures. */
export function offeredIn(transfer: DataTransfer): Offered | undefined {
  const picture = [...transfer.files].find(({ type }) => type.startsWith("image/"));
  if (picture) return { picture };
  const link = transfer.getData("text/uri-list").split(/\r?\n/)[0] ?? "";
  if (link.startsWith("data:image/")) return { picture: link };
  const text = link || transfer.getData("text/plain");
  return text.trim() === "" ? undefined : { text };
}
