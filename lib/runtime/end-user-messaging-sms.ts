import {
  PinpointSMSVoiceV2ServiceException,
  SendTextMessageCommand,
  type PinpointSMSVoiceV2Client,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { Country } from "../phone/phone-number.ts";
import type { MicroUsd } from "../phone/price-table.ts";
import type { RefusedSms, SmsSender } from "../phone/sms/sms.ts";
import { checkSenderIds, sendSmsOnce } from "./send-sms-once.ts";

export type EndUserMessagingSmsOptions = {
  /** Must have `maxAttempts: 1`: the service knows no idempotency key. */
  readonly client: PinpointSMSVoiceV2Client;
  /** The phone number, pool or sender that sends; if not given, the service chooses one of the AWS account's. */
  readonly originationIdentity?: string;
  /** The name that an SMS shows as its sender, by country. It goes before `originationIdentity`. */
  readonly senderIds?: Readonly<Record<Country, string>>;
  /** Its events tell whether an SMS arrived, see `sms-status`. */
  readonly configurationSet?: string;
  /** Rules of the AWS account: countries that get no SMS, and numbers that look like fraud. */
  readonly protectConfigurationId?: string;
  /** The service refuses an SMS that would cost more. */
  readonly maxPrice?: MicroUsd;
  /** The service drops an SMS that it could not hand over in this time: its code would be of no use. */
  readonly timeToLiveSeconds: number;
  /** The ids that India's operators ask for, from the registration of the sender and of the text. */
  readonly india?: { readonly entityId: string; readonly templateId: string };
};

/**
 * Sends SMS by AWS End User Messaging (`SendTextMessage`). Unlike SNS, the service names each reason for a refusal,
 * ends a late SMS by itself, and reports deliveries as events.
 */
export const endUserMessagingSms = ({
  client,
  originationIdentity,
  senderIds = {},
  configurationSet,
  protectConfigurationId,
  maxPrice,
  timeToLiveSeconds,
  india,
}: EndUserMessagingSmsOptions): SmsSender => {
  checkSenderIds(senderIds);
  return {
    send({ number, country, text }) {
      const command = new SendTextMessageCommand({
        DestinationPhoneNumber: number,
        MessageBody: text,
        MessageType: "TRANSACTIONAL",
        TimeToLive: timeToLiveSeconds,
        OriginationIdentity: senderIds[country] ?? originationIdentity,
        ConfigurationSetName: configurationSet,
        ProtectConfigurationId: protectConfigurationId,
        ...(maxPrice === undefined ? {} : { MaxPrice: (maxPrice / 1_000_000).toFixed(6) }),
        ...(india &&
          country === "IN" && {
            DestinationCountryParameters: {
              IN_ENTITY_ID: india.entityId,
              IN_TEMPLATE_ID: india.templateId,
            },
          }),
      });
      return sendSmsOnce({
        client,
        send: async (abortSignal) => (await client.send(command, { abortSignal })).MessageId,
        isAnswer: (error) => error instanceof PinpointSMSVoiceV2ServiceException,
        reasonOf,
      });
    },
  };
};

/** The service's own reasons (`Reason` of a conflict, a quota or a validation) that say more than "rejected". */
const reasons: Readonly<Record<string, RefusedSms>> = {
  DESTINATION_PHONE_NUMBER_OPTED_OUT: "opted_out",
  // Only in the sandbox must a destination be verified.
  DESTINATION_PHONE_NUMBER_NOT_VERIFIED: "sandbox",
  MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT: "spend_limit",
  PRICE_OVER_THRESHOLD: "number",
  DESTINATION_COUNTRY_BLOCKED: "number",
  COUNTRY_NOT_ENABLED: "number",
  DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION: "number",
  DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE: "number",
};

const reasonOf = (error: PinpointSMSVoiceV2ServiceException): RefusedSms => {
  if (error.name === "ThrottlingException") return "throttled";
  const { Reason: reason, Fields: fields } = error as {
    Reason?: unknown;
    Fields?: readonly { readonly Name?: string }[];
  };
  if (reason === "FIELD_VALIDATION_FAILED" || reason === "INVALID_PARAMETER") {
    return fields?.some(({ Name }) => Name === "DestinationPhoneNumber") ? "number" : "rejected";
  }
  return typeof reason === "string" && Object.hasOwn(reasons, reason)
    ? (reasons[reason] ?? "rejected")
    : "rejected";
};
