import type { Locale } from "../../settings/languages.ts";
import type { Catalogue } from "./catalogue.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { uk } from "./uk.ts";

export const catalogues: Readonly<Record<Locale, Catalogue>> = { en, uk, ru };
