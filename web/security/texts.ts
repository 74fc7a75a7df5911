import type { Language } from "../language.ts";
import { en, type Texts } from "./texts/en.ts";
import { ru } from "./texts/ru.ts";
import { uk } from "./texts/uk.ts";

/** Every text of the Security tab. */
export const textsIn: Readonly<Record<Language, Texts>> = { en, uk, ru };
