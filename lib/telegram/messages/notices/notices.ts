import type { Locale } from "../../../settings/languages.ts";
import type { ToldEvent } from "../../told-activity.ts";
import type { SignIn } from "../catalogue.ts";
import { detailsEn } from "../en.ts";
import { detailsRu } from "../ru.ts";
import { detailsUk } from "../uk.ts";
import { noticesEn } from "./en.ts";
import { noticeIn } from "./notice.ts";
import { noticesRu } from "./ru.ts";
import { noticesUk } from "./uk.ts";

/**
 * A notice in each language: what happened, and what to do if it was not the owner. Notices are apart from the
 * catalogues, because only the sender tells owners: the function that answers in the bot does not load them.
 */
export const notices: Readonly<Record<Locale, (event: ToldEvent, about: SignIn) => string>> = {
  en: noticeIn({ ...noticesEn, details: detailsEn }),
  uk: noticeIn({ ...noticesUk, details: detailsUk }),
  ru: noticeIn({ ...noticesRu, details: detailsRu }),
};
