import { SecretValue } from "aws-cdk-lib";
import type { RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

export type SecretsProps = { removalPolicy: RemovalPolicy };

/** One secret for each purpose, so that a function which needs one secret learns nothing of the others. */
export class Secrets extends Construct {
  readonly lookupKey: Secret;
  readonly totpKey: Secret;
  readonly recoveryKey: Secret;
  readonly codesKey: Secret;
  readonly telegramWebhookSecret: Secret;
  readonly telegramBotToken: Secret;
  readonly carrierCredentials: Secret;
  readonly syntheticSignIn: Secret;

  constructor(scope: Construct, id: string, { removalPolicy }: SecretsProps) {
    super(scope, id);
    /**
     * If the settings of a generated secret change, CloudFormation generates a new one, and every authenticator,
     * recovery code and mail entry would be lost. For the same reason a secret outlives the stack.
     */
    const generate = (name: string, description: string) =>
      new Secret(this, name, {
        description,
        generateSecretString: { passwordLength: 64, excludePunctuation: true },
        removalPolicy,
      });
    /**
     * The operator fills in this secret; in a template it would stay readable. The first value must never change:
     * CloudFormation would write it over the operator's value.
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
    this.syntheticSignIn = fillIn(
      "SyntheticSignIn",
      "The credentials of the synthetic sign-in, which it makes itself",
      "unset-the-first-run-makes-them",
    );
  }

  /** The key that finds accounts by mail, and budgets by address. */
  allowLookupKey(): Access {
    return read("LOOKUP_KEY_SECRET_ID", this.lookupKey);
  }

  /** The key that opens and seals TOTP secrets: only for functions that enrol or check them. */
  allowTotpKey(): Access {
    return read("TOTP_KEY_SECRET_ID", this.totpKey);
  }

  /** The key of recovery codes: only for functions that make or check them. */
  allowRecoveryKey(): Access {
    return read("RECOVERY_KEY_SECRET_ID", this.recoveryKey);
  }

  /** The bot's token. A function that has it can act as the bot. */
  allowTelegramBotToken(): Access {
    return read("TELEGRAM_BOT_TOKEN_SECRET_ID", this.telegramBotToken);
  }

  /** The webhook's secret: for the function that tells it to Telegram, and the one that compares it. */
  allowTelegramWebhookSecret(): Access {
    return read("TELEGRAM_WEBHOOK_SECRET_ID", this.telegramWebhookSecret);
  }

  /** The credentials of the synthetic sign-in: for it alone, which also writes them. */
  allowSyntheticSignIn(): Access {
    const { secretArn } = this.syntheticSignIn;
    const { environment, statements } = read("SYNTHETIC_SIGN_IN_SECRET_ID", this.syntheticSignIn);
    const write = new PolicyStatement({
      actions: ["secretsmanager:PutSecretValue"],
      resources: [secretArn],
    });
    return { environment, statements: [...statements, write] };
  }

  /** The key of phone codes: only for functions that send or check them. */
  allowCodesKey(): Access {
    return read("CODES_KEY_SECRET_ID", this.codesKey);
  }

  /**
   * The carriers' credentials, which can spend the operator's money: only for functions that call carriers, or check
   * that a report comes from a carrier.
   */
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
