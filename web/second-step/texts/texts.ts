import type { Language } from "../../language.ts";
import type { Method } from "../methods.ts";
import type { Ending } from "../state.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { uk } from "./uk.ts";

type EndingText = { readonly title: string; readonly text: string };

/**
 * The texts of the second step in one language. It is a type, so that a language that lacks a text does not compile.
 */
export type Texts = {
  /** The methods, as buttons for another way. */
  readonly ways: Readonly<Record<Method, string>>;
  readonly otherWays: string;
  readonly cancel: string;
  readonly confirm: string;
  readonly checking: string;
  readonly finishing: string;
  readonly timeLeft: (duration: string) => string;
  /** The account of the sign-in, by its mail. */
  readonly whose: (email: string) => string;
  readonly notYou: string;
  /** `account` is the mail that the link signs in; `session` is the mail that is signed in now. */
  readonly anotherSession: {
    readonly title: string;
    readonly text: (account: string, session: string) => string;
    readonly caution: string;
    readonly stay: (session: string) => string;
    readonly replace: (account: string) => string;
  };

  readonly telegram: {
    readonly title: (number: string) => string;
    readonly lead: string;
    readonly asking: (name: string) => string;
    readonly asked: (name: string) => string;
    readonly unreachable: (name: string) => string;
    readonly nobodyReached: string;
    readonly resting: string;
    readonly again: string;
    readonly againIn: (duration: string) => string;
  };
  readonly totp: { readonly title: string; readonly label: string };
  readonly phone: {
    readonly title: string;
    readonly lead: string;
    readonly numbers: string;
    readonly call: string;
    readonly sms: string;
    readonly wait: (duration: string) => string;
    readonly calling: (masked: string, attempt: number) => string;
    readonly callingLead: string;
    readonly silenced: string;
    readonly callLabel: string;
    readonly texting: string;
    readonly texted: string;
    readonly textedLead: (masked: string, attempt: number) => string;
    readonly callFailed: (masked: string) => string;
    readonly smsFailed: string;
    readonly failedLead: string;
    readonly smsLabel: string;
    readonly callAgain: string;
    readonly callAgainIn: (duration: string) => string;
    readonly smsInstead: string;
    readonly smsInsteadIn: (duration: string) => string;
    readonly smsAgain: string;
    readonly smsAgainIn: (duration: string) => string;
    readonly otherNumber: string;
    readonly noWayLeft: string;
  };
  readonly recovery: {
    readonly title: string;
    readonly label: string;
    readonly left: (count: number) => string;
  };

  readonly said: {
    readonly incomplete: (digits: number) => string;
    readonly incompleteRecovery: string;
    readonly wrongCode: (attemptsLeft: number) => string;
    readonly wrongPhoneCode: (attemptsLeft: number) => string;
    readonly slow: (duration: string) => string;
    readonly fast: (duration: string) => string;
    readonly setClock: string;
    readonly itIs: (time: string) => string;
    readonly left: (attemptsLeft: number) => string;
    readonly usedTotp: string;
    readonly usedRecovery: string;
    readonly pausedFor: (duration: string) => string;
    readonly paused: string;
    readonly tooEarly: string;
    readonly unavailable: string;
    readonly codeUnavailable: string;
    readonly refused: string;
  };
  readonly connection: {
    readonly unreachable: string;
    readonly unavailable: string;
    readonly back: string;
  };
  readonly noMethod: EndingText;
  readonly endings: Readonly<Record<Ending, EndingText>>;
  readonly startAgain: string;
};

const catalogues: Readonly<Record<Language, Texts>> = { en, uk, ru };

export const textsIn = (language: Language): Texts => catalogues[language];
