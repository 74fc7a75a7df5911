import type { Language } from "../../language.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { uk } from "./uk.ts";

/** The texts of the sign-in in one language, without those of the second step. */
export type Texts = {
  readonly title: string;
  readonly email: string;
  readonly password: string;
  readonly show: string;
  readonly hide: string;
  readonly submit: string;
  readonly busy: string;
  readonly incomplete: string;
  readonly invalidCredentials: string;
  readonly pausedFor: (duration: string) => string;
  readonly refused: string;
  readonly unreachable: string;
  readonly unavailable: string;
  readonly connecting: string;
  readonly retrying: string;
  readonly signedIn: string;
  readonly linkOver: { readonly title: string; readonly text: string };
};

const catalogues: Readonly<Record<Language, Texts>> = { en, uk, ru };

export const textsIn = (language: Language): Texts => catalogues[language];
