import * as z from "zod/mini";
import type { CarrierEntry } from "../carrier-entry.ts";
import { telnyxCarrier } from "./telnyx-carrier.ts";
import { verifyTelnyxSignature } from "./telnyx-signature.ts";
import { readTelnyxStatus } from "./telnyx-status.ts";

type TelnyxCredentials = {
  readonly apiKey: string;
  readonly verifyProfileId: string;
  /** The account's key for webhooks: base64 of 32 bytes, as the portal shows it. */
  readonly publicKey: string;
};

export const telnyx: CarrierEntry<"telnyx", TelnyxCredentials> = {
  title: "Telnyx",
  apiRoot: "https://api.telnyx.com",
  credentials: z.object({
    apiKey: z.string(),
    verifyProfileId: z.string(),
    publicKey: z.string(),
  }),
  make: telnyxCarrier,
  callback: {
    verify: ({ publicKey }, { headers, rawBody }, now) =>
      verifyTelnyxSignature(
        publicKey,
        {
          signature: headers["telnyx-signature-ed25519"],
          timestamp: headers["telnyx-timestamp"],
          rawBody,
        },
        now,
      ),
    read: readTelnyxStatus,
  },
};
