import {
  PublishCommand,
  SNSServiceException,
  type MessageAttributeValue,
  type SNSClient,
} from "@aws-sdk/client-sns";
import type { Country } from "../phone/phone-number.ts";
import type { MicroUsd } from "../phone/price-table.ts";
import type { RefusedSms, SmsSender } from "../phone/sms/sms.ts";
import { checkSenderIds, sendSmsOnce } from "./send-sms-once.ts";

export type SnsSmsOptions = {
  /** Must have `maxAttempts: 1`: SNS knows no idempotency key, so a repeated request would send a second SMS. */
  readonly client: SNSClient;
  /**
   * The name that an SMS shows as its sender, for countries that allow one (and where it has been registered, if that
   * is needed).
   */
  readonly senderIds?: Readonly<Record<Country, string>>;
  /** SNS does not send an SMS that would cost more. It says so only in its delivery log. */
  readonly maxPrice?: MicroUsd;
};

/**
 * Sends SMS by Amazon SNS, at most 3 s each.
 *
 * SNS may accept an SMS and still not send it. A reached monthly spend limit, a number that opted out, the price and
 * the phone company's refusal mostly show only in the delivery log (CloudWatch), and not here. So this adapter needs an
 * alarm on the metric `NumberOfNotificationsFailed`.
 */
export const snsSms = ({ client, senderIds = {}, maxPrice }: SnsSmsOptions): SmsSender => {
  checkSenderIds(senderIds);
  return {
    send({ number, country, text }) {
      const senderId = senderIds[country];
      const command = new PublishCommand({
        PhoneNumber: number,
        Message: text,
        MessageAttributes: {
          "AWS.SNS.SMS.SMSType": string("Transactional"),
          ...(senderId === undefined ? {} : { "AWS.SNS.SMS.SenderID": string(senderId) }),
          ...(maxPrice === undefined ? {} : { "AWS.SNS.SMS.MaxPrice": dollars(maxPrice) }),
        },
      });
      return sendSmsOnce({
        client,
        send: async (abortSignal) => (await client.send(command, { abortSignal })).MessageId,
        isAnswer: (error) => error instanceof SNSServiceException,
        reasonOf,
      });
    },
  };
};

const string = (value: string): MessageAttributeValue => ({
  DataType: "String",
  StringValue: value,
});

const dollars = (price: MicroUsd): MessageAttributeValue => ({
  DataType: "Number",
  StringValue: (price / 1_000_000).toFixed(6),
});

const reasonOf = ({ name, message }: SNSServiceException): RefusedSms => {
  switch (name) {
    case "OptedOutException":
      return "opted_out";
    case "ThrottledException":
    case "Throttling":
    case "ThrottlingException":
    case "TooManyRequestsException":
    case "KMSThrottlingException":
      return "throttled";
    case "InvalidParameterException":
    case "InvalidParameterValueException":
    case "ValidationException":
      return reasonInWords(message) ?? (aboutNumber.test(message) ? "number" : "rejected");
    default:
      return reasonInWords(message) ?? "rejected";
  }
};

/** "Invalid parameter: PhoneNumber Reason: … is not valid to publish to" */
const aboutNumber = /phone ?number|not valid to publish to/i;

/** SNS has few kinds of errors. Only the words of the message tell the other reasons apart. */
const reasonInWords = (message: string): RefusedSms | undefined => {
  if (/spend(?:ing)? limit|quota/i.test(message)) return "spend_limit";
  if (/sandbox|not (?:a )?verified|unverified/i.test(message)) return "sandbox";
  if (/opted[ -]?out/i.test(message)) return "opted_out";
  return undefined;
};
