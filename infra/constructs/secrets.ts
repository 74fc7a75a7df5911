import { RemovalPolicy, SecretValue } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

/** One secret for each purpose, so that a function which needs one learns nothing of the others. */
export class Secrets extends Construct {
  readonly lookupKey = this.generate("LookupKey", "Keys the HMACs of mails and addresses");
  readonly totpKey = this.generate("TotpKey", "Seals the secrets of authenticator apps");
  readonly recoveryKey = this.generate("RecoveryKey", "Keys the hashes of recovery codes");
  readonly telegramWebhookSecret = this.generate(
    "TelegramWebhookSecret",
    "What Telegram sends along with every update, to be told from others",
  );
  /**
   * Whoever operates the service puts the token here; a template would keep it readable. What it holds first must never change:
   * CloudFormation would write it over the token.
   */
  readonly telegramBotToken = new Secret(this, "TelegramBotToken", {
    description: "The token of the Telegram bot, as BotFather gives it",
    secretStringValue: SecretValue.unsafePlainText("unset-put-the-token-of-the-bot-here"),
    removalPolicy: RemovalPolicy.RETAIN,
  });

  readonly codesKey = this.generate("CodesKey", "Derives the codes of calls and SMS");
  /** As with the bot's token: the operator fills it, and what it holds first must never change. */
  readonly carrierCredentials = new Secret(this, "CarrierCredentials", {
    description: "The carriers' credentials, as JSON",
    secretStringValue: SecretValue.unsafePlainText(
      "unset-put-the-credentials-of-the-carriers-here",
    ),
    removalPolicy: RemovalPolicy.RETAIN,
  });

  /** Finds accounts by mail, and budgets by address. */
  allowLookupKey(): Access {
    return read("LOOKUP_KEY_SECRET_ID", this.lookupKey);
  }

  /** Opens and seals TOTP secrets: only for what enrols or checks them. */
  allowTotpKey(): Access {
    return read("TOTP_KEY_SECRET_ID", this.totpKey);
  }

  /** Only for what makes or checks recovery codes. */
  allowRecoveryKey(): Access {
    return read("RECOVERY_KEY_SECRET_ID", this.recoveryKey);
  }

  /** Whoever has it speaks as the bot. */
  allowTelegramBotToken(): Access {
    return read("TELEGRAM_BOT_TOKEN_SECRET_ID", this.telegramBotToken);
  }

  /** For what tells it to Telegram, and what compares it. */
  allowTelegramWebhookSecret(): Access {
    return read("TELEGRAM_WEBHOOK_SECRET_ID", this.telegramWebhookSecret);
  }

  /** Only for what sends codes or checks them. */
  allowCodesKey(): Access {
    return read("CODES_KEY_SECRET_ID", this.codesKey);
  }

  /** Spends the operator's money: only for what asks carriers, or checks that a carrier speaks. */
  allowCarrierCredentials(): Access {
    return read("CARRIER_CREDENTIALS_SECRET_ID", this.carrierCredentials);
  }

  /**
   * Any change of what is generated makes CloudFormation generate anew: every authenticator, recovery code and mail index entry would be
   * lost. For the same reason a secret outlives the stack.
   */
  private generate(id: string, description: string): Secret {
    return new Secret(this, id, {
      description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

function read(variable: string, secret: Secret): Access {
  return {
    environment: { [variable]: secret.secretArn },
    statements: [
      new PolicyStatement({
        actions: ["secretsmanager:GetSecretValue"],
        resources: [secret.secretArn],
      }),
    ],
  };
}
