import type { TestAssembly } from "./assembly.ts";

// Tiny functions that stand for the service's own: a bot, and what introduces it to Telegram.

const PRELUDE = `
  const secret = async (id) => {
    const response = await fetch(process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER, {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.GetSecretValue" },
      body: JSON.stringify({ SecretId: id }),
    });
    return (await response.json()).SecretString;
  };
  const call = async (method, body) => {
    const token = await secret(process.env.TELEGRAM_BOT_TOKEN_SECRET_ID);
    const response = await fetch(process.env.TELEGRAM_API_ROOT + "/bot" + token + "/" + method, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.json();
  };`;

/** Answers texts with two buttons and taps with a notice, and logs every update. A text "fail N" is refused N times. */
const BOT = `${PRELUDE}
  let refused = 0;
  exports.handler = async (event) => {
    const update = JSON.parse(event.body);
    const text = update.message ? update.message.text : "";
    console.log(JSON.stringify({ update, secret: event.headers["x-telegram-bot-api-secret-token"] }));
    const [, times] = /^fail (\\d+)$/.exec(text) || [];
    if (times && refused < Number(times)) {
      refused += 1;
      return { statusCode: 500 };
    }
    if (update.message)
      await call("sendMessage", {
        chat_id: update.message.chat.id,
        text: "You wrote <b>" + text.length + "</b> characters",
        parse_mode: "HTML",
        reply_markup: { inline_keyboard: [
          [{ text: "47", callback_data: "a" }, { text: "12", callback_data: "b" }],
          [{ text: "Silent", callback_data: "silent" }],
        ] },
      });
    const query = update.callback_query;
    if (query && query.data !== "silent") {
      await call("answerCallbackQuery", { callback_query_id: query.id, text: "Got " + query.data });
      await call("editMessageText", {
        chat_id: query.message.chat.id,
        message_id: query.message.message_id,
        text: "Over",
      });
    }
    return { statusCode: 200 };
  };`;

const SETUP = `${PRELUDE}
  exports.handler = async (event) => {
    const properties = event.ResourceProperties;
    await call("setWebhook", {
      url: properties.WebhookUrl,
      secret_token: await secret(process.env.TELEGRAM_WEBHOOK_SECRET_ID),
      allowed_updates: ["message", "callback_query", "my_chat_member"],
    });
    console.log(JSON.stringify({ event }));
    await fetch(event.ResponseURL, {
      method: "PUT",
      body: JSON.stringify({
        Status: "SUCCESS",
        PhysicalResourceId: "bot",
        StackId: event.StackId,
        RequestId: event.RequestId,
        LogicalResourceId: event.LogicalResourceId,
      }),
    });
  };`;

const environment = {
  TELEGRAM_API_ROOT: "https://api.telegram.org",
  TELEGRAM_BOT_TOKEN_SECRET_ID: { Ref: "Token" },
  TELEGRAM_WEBHOOK_SECRET_ID: { Ref: "WebhookSecret" },
};

/** What the template puts where an operator puts a bot's token. */
export const UNSET = "unset-put-the-token-here";

/** A template with a bot; without a set-up, nobody tells Telegram of its webhook. */
export function aBot({ setUp = true, code = BOT } = {}): TestAssembly {
  return {
    functions: {
      Bot: { code, environment },
      ...(setUp ? { SetUp: { code: SETUP, environment } } : {}),
    },
    routes: { "POST /v1/telegram/webhook": "Bot" },
    resources: {
      Token: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: UNSET } },
      WebhookSecret: {
        Type: "AWS::SecretsManager::Secret",
        Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
      },
      ...(setUp
        ? {
            Registration: {
              Type: "Custom::TelegramBot",
              Properties: {
                ServiceToken: { "Fn::GetAtt": ["SetUp", "Arn"] },
                WebhookUrl: {
                  "Fn::Join": [
                    "",
                    [{ "Fn::GetAtt": ["Api", "ApiEndpoint"] }, "/v1/telegram/webhook"],
                  ],
                },
                BotUsername: "",
                ServiceTimeout: 180,
              },
            },
          }
        : {}),
    },
  };
}
