import type { Catalogue, Ending, SignIn } from "./catalogue.ts";
import { html, paragraphs } from "./html.ts";

export const detailsUk = ({ account, device, ip, time }: SignIn) =>
  html`Обліковий запис: ${account}
Пристрій: ${device}
Адреса: ${ip}
Час: ${time}`;

const ended = (ending: Ending): string => {
  switch (ending.kind) {
    case "approved":
      return html`✅ Підтверджено: ${ending.by}.`;
    case "denied":
      return html`⛔️ Відхилено: ${ending.by}. Ніхто не ввійшов.

Якщо це були не ви, хтось знає ваш пароль: змініть його зараз.`;
    case "elsewhere":
      return "✅ Підтверджено іншим способом. Тут нічого робити не треба.";
    case "expired":
      return "⌛️ Запізно: термін цього запиту минув. За ним ніхто не ввійшов.";
    case "cancelled":
      return "Цей запит скасовано. За ним ніхто не ввійшов.";
    case "locked":
      return "⛔️ Забагато неправильних кодів. Ніхто не ввійшов.";
  }
};

export const uk: Catalogue = {
  prompt: (signIn) =>
    paragraphs(
      html`<b>Це ви входите в ${signIn.service}?</b>`,
      detailsUk(signIn),
      "Якщо це ви, натисніть число, показане на сторінці.",
    ),
  notMe: "Ні, це не я",
  closed: (signIn, ending) =>
    paragraphs(html`<b>Вхід у ${signIn.service}</b>`, detailsUk(signIn), ended(ending)),
  notice: {
    approved: "Підтверджено. Поверніться на сторінку.",
    denied: "Відхилено. Ніхто не ввійшов.",
    over: "Цей запит уже завершено.",
    foreign: "Ця кнопка тут нічого не робить.",
  },
  linkAnswered: (
    service,
    account,
  ) => html`Майже готово. Поверніться на сторінку і підтвердьте, що це ви.

Після цього входи в ${service} як ${account} підтверджуватимуться в цьому чаті. Якщо ви про це не просили, нічого не робіть.`,
  linkInvalid:
    "Це посилання вже не діє. Створіть нове на сторінці, на вкладці «Безпека», у розділі Telegram.",
  help: (service) => html`Цей бот підтверджує входи в ${service}.

Щоб прив’язати обліковий запис, відкрийте в ньому вкладку «Безпека», виберіть Telegram і перейдіть за посиланням або відскануйте код. Коли хтось входитиме під вашим іменем, бот запитає вас тут.`,
  commands: { start: "Почати", help: "Для чого цей бот" },
};
