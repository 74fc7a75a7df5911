import type { Locale } from "../../lib/settings/languages.ts";

/** The panel's texts. The elements have catalogues of their own. */
export type Texts = typeof en;

const en = {
  language: "Language",
  darkTheme: "Dark theme",
  signOut: "Sign out",
  loading: "One moment…",
  unreachableTitle: "The service does not answer",
  unreachable: "Nothing is lost. Check your connection, or try again in a moment.",
  retry: "Try again",
  needsScript: "This panel needs JavaScript.",
  signInTitle: "Sign in to Fernway",
  entranceNote: "A made-up hosting panel, here to show Twostep’s second step at work.",
  sections: "Sections",
  sites: "Sites",
  domains: "Domains",
  billing: "Billing",
  personal: "Personal data",
  profile: "Profile",
  security: "Security",
  mail: "Mail",
  signedInSince: "Signed in since",
  scenery: "Scenery. What is real here is under Personal data, Security.",
  signedOut: "You are signed out.",
  signOutFailed:
    "The service does not answer, so you may still be signed in. Please sign out once more.",
};

const uk: Texts = {
  language: "Мова",
  darkTheme: "Темна тема",
  signOut: "Вийти",
  loading: "Хвилинку…",
  unreachableTitle: "Сервіс не відповідає",
  unreachable: "Нічого не втрачено. Перевірте з’єднання або спробуйте ще раз за мить.",
  retry: "Спробувати ще раз",
  needsScript: "Ця панель потребує JavaScript.",
  signInTitle: "Вхід до Fernway",
  entranceNote: "Вигадана панель хостингу: показує, як працює другий крок Twostep.",
  sections: "Розділи",
  sites: "Сайти",
  domains: "Домени",
  billing: "Рахунки",
  personal: "Особисті дані",
  profile: "Профіль",
  security: "Безпека",
  mail: "Пошта",
  signedInSince: "Вхід виконано",
  scenery: "Це декорація. Справжнє тут — у розділі «Особисті дані», «Безпека».",
  signedOut: "Ви вийшли.",
  signOutFailed:
    "Сервіс не відповідає, тож ви, можливо, досі в системі. Вийдіть, будь ласка, ще раз.",
};

const ru: Texts = {
  language: "Язык",
  darkTheme: "Тёмная тема",
  signOut: "Выйти",
  loading: "Минутку…",
  unreachableTitle: "Сервис не отвечает",
  unreachable: "Ничего не потеряно. Проверьте соединение или попробуйте ещё раз чуть позже.",
  retry: "Попробовать ещё раз",
  needsScript: "Для этой панели нужен JavaScript.",
  signInTitle: "Вход в Fernway",
  entranceNote: "Вымышленная панель хостинга: показывает, как работает второй шаг Twostep.",
  sections: "Разделы",
  sites: "Сайты",
  domains: "Домены",
  billing: "Счета",
  personal: "Личные данные",
  profile: "Профиль",
  security: "Безопасность",
  mail: "Почта",
  signedInSince: "Вход выполнен",
  scenery: "Это декорация. Настоящее здесь — в разделе «Личные данные», «Безопасность».",
  signedOut: "Вы вышли.",
  signOutFailed:
    "Сервис не отвечает, так что вы, возможно, всё ещё в системе. Выйдите, пожалуйста, ещё раз.",
};

/** This file uses nothing of the browser, because the build fills the page with these texts. */
export const texts: Readonly<Record<Locale, Texts>> = { en, uk, ru };
