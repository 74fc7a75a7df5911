import type { NoticeTexts } from "./notice.ts";

export const noticesUk: Omit<NoticeTexts, "details"> = {
  what: {
    totp_enabled: "додано застосунок-автентифікатор",
    totp_removed: "видалено застосунок-автентифікатор",
    telegram_linked: "прив’язано обліковий запис Telegram",
    telegram_unlinked: "відв’язано обліковий запис Telegram",
    telegram_enabled: "увімкнено підтвердження в Telegram",
    telegram_disabled: "вимкнено підтвердження в Telegram",
    phone_added: "додано номер телефону",
    phone_removed: "видалено номер телефону",
    recovery_codes_created: "створено нові резервні коди",
    recovery_code_used: "використано резервний код",
    signed_in_by_call: "хтось увійшов за допомогою дзвінка",
    signed_in_by_sms: "хтось увійшов за допомогою SMS",
    sign_in_denied: "вхід відхилено, ніхто не ввійшов",
    guessing_suspected: "багато хибних кодів, можливо, хтось їх підбирає",
    codes_off: "коди вимкнено: забагато хибних",
    calls_off: "дзвінки вимкнено на добу: забагато хибних кодів",
    password_changed: "змінено пароль",
    email_changed: "змінено адресу електронної пошти",
    reset_by_host: "підтримка видалила всі способи другого кроку",
  },
  advice: {
    lock_out: (service) =>
      `Якщо це були не ви: самі відкрийте ${service}, на вкладці «Безпека» змініть пароль і завершіть там усі інші сеанси.`,
    new_password: (service) =>
      `Якщо це були не ви, хтось знає ваш пароль: самі відкрийте ${service} і змініть його на вкладці «Безпека».`,
    support: (service) =>
      `Якщо це були не ви і це зроблено не на ваше прохання: негайно зверніться до підтримки ${service}. Якщо ви ще можете ввійти, на вкладці «Безпека» змініть пароль і завершіть там усі інші сеанси.`,
  },
};
