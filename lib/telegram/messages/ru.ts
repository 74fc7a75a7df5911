import type { Catalogue, Ending, SignIn } from "./catalogue.ts";
import { html, paragraphs } from "./html.ts";

export const detailsRu = ({ account, device, ip, time }: SignIn) =>
  html`Учётная запись: ${account}
Устройство: ${device}
Адрес: ${ip}
Время: ${time}`;

const ended = (ending: Ending): string => {
  switch (ending.kind) {
    case "approved":
      return html`✅ Подтверждено: ${ending.by}.`;
    case "denied":
      return html`⛔️ Отклонено: ${ending.by}. Никто не вошёл.

Если это были не вы, кто-то знает ваш пароль: смените его сейчас.`;
    case "elsewhere":
      return "✅ Подтверждено другим способом. Здесь ничего делать не нужно.";
    case "expired":
      return "⌛️ Слишком поздно: срок этого запроса истёк. По нему никто не вошёл.";
    case "cancelled":
      return "Этот запрос отменён. По нему никто не вошёл.";
    case "locked":
      return "⛔️ Слишком много неверных кодов. Никто не вошёл.";
  }
};

export const ru: Catalogue = {
  prompt: (signIn) =>
    paragraphs(
      html`<b>Это вы входите в ${signIn.service}?</b>`,
      detailsRu(signIn),
      "Если это вы, нажмите число, показанное на странице.",
    ),
  notMe: "Нет, это не я",
  closed: (signIn, ending) =>
    paragraphs(html`<b>Вход в ${signIn.service}</b>`, detailsRu(signIn), ended(ending)),
  notice: {
    approved: "Подтверждено. Вернитесь на страницу.",
    denied: "Отклонено. Никто не вошёл.",
    over: "Этот запрос уже завершён.",
    foreign: "Эта кнопка здесь ничего не делает.",
  },
  linkAnswered: (
    service,
    account,
  ) => html`Почти готово. Вернитесь на страницу и подтвердите, что это вы.

После этого входы в ${service} как ${account} будут подтверждаться в этом чате. Если вы об этом не просили, ничего не делайте.`,
  linkInvalid:
    "Эта ссылка больше не действует. Создайте новую на странице, на вкладке «Безопасность», в разделе Telegram.",
  help: (service) => html`Этот бот подтверждает входы в ${service}.

Чтобы привязать учётную запись, откройте в ней вкладку «Безопасность», выберите Telegram и перейдите по ссылке или отсканируйте код. Когда кто-то будет входить под вашим именем, бот спросит вас здесь.`,
  commands: { start: "Начать", help: "Для чего этот бот" },
};
