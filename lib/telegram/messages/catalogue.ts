/**
 * A sign-in, or a change of the account, as a message describes it. All texts are plain; `html` makes the catalogue's
 * HTML.
 */
export type SignIn = {
  readonly service: string;
  /** "a•••@example.com": tells the person which of their accounts it is. */
  readonly account: string;
  readonly device: string;
  readonly ip: string;
  readonly time: string;
};

/** How a challenge ended, for the messages of its prompts. */
export type Ending =
  | { readonly kind: "approved" | "denied"; readonly by: string }
  | { readonly kind: "elsewhere" | "expired" | "cancelled" | "locked" };

/**
 * Everything that the bot says, in one language. It is a type, so that a language without a text does not compile.
 * Values are HTML as Telegram reads it, except buttons, notices and commands, which are plain.
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
  /** The answer to a user who opened a link. */
  readonly linkAnswered: (service: string, account: string) => string;
  readonly linkInvalid: string;
  readonly help: (service: string) => string;
  readonly commands: { readonly start: string; readonly help: string };
};
