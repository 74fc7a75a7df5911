import { SecretValue } from "aws-cdk-lib";
import type { RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

export type SecretsProps = { removalPolicy: RemovalPolicy };

/** One secret for each purpose, so that a function which needs one learns nothing of the others. */
export class Secrets extends Construct {
  readonly lookupKey: Secret;
  readonly totpKey: Secret;
  readonly recoveryKey: Secret;
  readonly codesKey: Secret;
  readonly telegramWebhookSecret: Secret;
  readonly telegramBotToken: Secret;
  readonly carrierCredentials: Secret;

  constructor(scope: Construct, id: string, { removalPolicy }: SecretsProps) {
    super(scope, id);
    /**
     * Any change of what is generated makes CloudFormation generate anew: every authenticator, recovery code and mail index entry would
     * be lost. For the same reason a secret outlives the stack.
     */
    const generate = (name: string, description: string) =>
      new Secret(this, name, {
        description,
        generateSecretString: { passwordLength: 64, excludePunctuation: true },
        removalPolicy,
      });
    /**
     * Whoever operates the service fills it; a template would keep it readable. What it holds first must never change: CloudFormation
     * would write it over what was put there.
     */
    const fillIn = (name: string, description: string, first: string) =>
      new Secret(this, name, {
        description,
        secretStringValue: SecretValue.unsafePlainText(first),
        removalPolicy,
      });
    this.lookupKey = generate("LookupKey", "Keys the HMACs of mails and addresses");
    this.totpKey = generate("TotpKey", "Seals the secrets of authenticator apps");
    this.recoveryKey = generate("RecoveryKey", "Keys the hashes of recovery codes");
    this.codesKey = generate("CodesKey", "Derives the codes of calls and SMS");
    this.telegramWebhookSecret = generate(
      "TelegramWebhookSecret",
      "What Telegram sends along with every update, to be told from others",
    );
    this.telegramBotToken = fillIn(
      "TelegramBotToken",
      "The token of the Telegram bot, as BotFather gives it",
      "unset-put-the-token-of-the-bot-here",
    );
    this.carrierCredentials = fillIn(
      "CarrierCredentials",
      "The carriers' credentials, as JSON",
      "unset-put-the-credentials-of-the-carriers-here",
    );
  }

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
