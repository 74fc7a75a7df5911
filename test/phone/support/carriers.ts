import type { Carrier } from "../../../lib/phone/carriers/carrier.ts";
import {
  carrierNames,
  carriers,
  type CarrierName,
  type CredentialsBy,
} from "../../../lib/phone/carriers/carriers.ts";

export const verificationId = "12ade33a-21c0-473b-b055-b3c836e1c292";

type Sample<Name extends CarrierName> = {
  readonly credentials: CredentialsBy[Name];
  /** What the carrier answers, as its documents say, to an order that it takes. */
  readonly placed: object;
  /** A reference as the carrier makes them. */
  readonly reference: string;
  /** How many of the methods of its port ask the carrier: it may not be asked for a status, or check no codes. */
  readonly methods: 1 | 2 | 3;
};

/** Of every carrier in the list: one without a sample does not compile. */
export const samples: { readonly [Name in CarrierName]: Sample<Name> } = {
  ucaller: {
    credentials: { key: "ucaller-key", serviceId: "103000" },
    placed: { status: true, ucaller_id: 57251317, phone: "7916***4567", code: "0042" },
    reference: "57251317",
    methods: 2,
  },
  smsru: {
    credentials: { apiId: "smsru-api-id" },
    placed: { status: "OK", code: "1435", call_id: "000000-10000000", cost: 0.4, balance: 4122.56 },
    reference: "000000-10000000",
    methods: 1,
  },
  telnyx: {
    credentials: { apiKey: "telnyx-key", verifyProfileId: "profile", publicKey: "unused" },
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
    methods: 3,
  },
};

type Adapter = Pick<Sample<CarrierName>, "placed" | "reference" | "methods"> & {
  readonly name: CarrierName;
  readonly carrier: (baseUrl: string) => Carrier;
};

const adapterOf = <Name extends CarrierName>(
  name: Name,
  { credentials, ...sample }: Sample<Name>,
): Adapter => ({
  name,
  carrier: (baseUrl) => carriers[name].make({ credentials, baseUrl }),
  ...sample,
});

export const adapters: readonly Adapter[] = carrierNames.map((name) =>
  adapterOf(name, samples[name]),
);
