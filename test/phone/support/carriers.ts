import type { Carrier } from "../../../lib/phone/carriers/carrier.ts";
import { smsruCarrier } from "../../../lib/phone/carriers/smsru/smsru-carrier.ts";
import { telnyxCarrier } from "../../../lib/phone/carriers/telnyx/telnyx-carrier.ts";
import { ucallerCarrier } from "../../../lib/phone/carriers/ucaller/ucaller-carrier.ts";

export const verificationId = "12ade33a-21c0-473b-b055-b3c836e1c292";

type Adapter = {
  readonly name: string;
  readonly carrier: (baseUrl: string) => Carrier;
  /** What the carrier answers, as its documents say, to an order that it takes. */
  readonly placed: object;
  /** A reference as the carrier makes them. */
  readonly reference: string;
};

export const adapters: readonly Adapter[] = [
  {
    name: "uCaller",
    carrier: (baseUrl) =>
      ucallerCarrier({ credentials: { key: "ucaller-key", serviceId: "103000" }, baseUrl }),
    placed: { status: true, ucaller_id: 57251317, phone: "7916***4567", code: "0042" },
    reference: "57251317",
  },
  {
    name: "sms.ru",
    carrier: (baseUrl) => smsruCarrier({ credentials: { apiId: "smsru-api-id" }, baseUrl }),
    placed: { status: "OK", code: "1435", call_id: "000000-10000000", cost: 0.4, balance: 4122.56 },
    reference: "000000-10000000",
  },
  {
    name: "Telnyx",
    carrier: (baseUrl) =>
      telnyxCarrier({
        credentials: { apiKey: "telnyx-key", verifyProfileId: "profile" },
        baseUrl,
      }),
    placed: {
      data: {
        id: verificationId,
        type: "flashcall",
        record_type: "verification",
        phone_number: "+79161234567",
        verify_profile_id: "profile",
        timeout_secs: 180,
        status: "pending",
      },
    },
    reference: verificationId,
  },
];
