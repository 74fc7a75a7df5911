/** A sign-in, or a change of the account, as a message tells of it. All texts are plain; the catalogue's HTML is made by `html`. */
export type SignIn = {
  readonly service: string;
  /** "a•••@example.com": which of the person's accounts. */
  readonly account: string;
  readonly device: string;
  readonly ip: string;
  readonly time: string;
};

/** How a request ended, for the messages that asked. */
export type Ending =
  | { readonly kind: "approved" | "denied"; readonly by: string }
  | { readonly kind: "elsewhere" | "expired" | "cancelled" | "locked" };

/**
 * Everything that the bot says, in one language. A type, so that a language without a text does not compile. Values
 * are HTML as Telegram reads it, but for buttons, notices and commands, which are plain.
 */
export type Catalogue = {
  readonly prompt: (signIn: SignIn) => string;
  readonly notMe: string;
  readonly closed: (signIn: SignIn, ending: Ending) => string;
  readonly notice: {
    readonly approved: string;
    readonly denied: string;
    readonly over: string;
    readonly foreign: string;
  };
  /** Somebody opened a link. */
  readonly linkAnswered: (service: string, account: string) => string;
  readonly linkInvalid: string;
  readonly help: (service: string) => string;
  readonly commands: { readonly start: string; readonly help: string };
};
