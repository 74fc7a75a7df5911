import { neverConnected } from "../phone/carriers/never-connected.ts";
import type { RefusedSms, SmsResult } from "../phone/sms/sms.ts";

/** An error that the service itself answered. */
type Answered = Error & { readonly $metadata: { readonly httpStatusCode?: number } };

type SmsService<Answer extends Answered> = {
  readonly client: { readonly config: { readonly maxAttempts: () => Promise<number> } };
  /** Sends the SMS and returns the service's id of it. */
  readonly send: (abortSignal: AbortSignal) => Promise<string | undefined>;
  readonly isAnswer: (error: unknown) => error is Answer;
  readonly reasonOf: (error: Answer) => RefusedSms;
};

/**
 * Sends one SMS by a service of AWS, in at most 3 s. These services know no idempotency key, so a client that repeats
 * requests could send a second SMS; with such a client nothing is sent.
 *
 * The errors of these services quote the number. Only the reason leaves this function.
 */
export const sendSmsOnce = async <Answer extends Answered>({
  client,
  send,
  isAnswer,
  reasonOf,
}: SmsService<Answer>): Promise<SmsResult> => {
  if ((await client.config.maxAttempts()) !== 1) throw new Error("An SMS must not be retried.");
  try {
    const id = await send(AbortSignal.timeout(3000));
    return id ? { kind: "sent", reference: id } : { kind: "unknown" };
  } catch (error) {
    if (!isAnswer(error)) {
      return neverAsked(error) ? { kind: "refused", reason: "rejected" } : { kind: "unknown" };
    }
    // The service failed inside. We cannot know whether it sent the SMS.
    if ((error.$metadata.httpStatusCode ?? 500) >= 500) return { kind: "unknown" };
    return { kind: "refused", reason: reasonOf(error) };
  }
};

/** Whether the service never got the request: there were no credentials to sign with, or no connection. */
const neverAsked = (error: unknown): boolean =>
  neverConnected(error) || (error instanceof Error && error.name === "CredentialsProviderError");

const senderIdForm = /^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/;

/** Throws for a sender's name that no service takes, so that a misspelt setting shows before the first SMS. */
export const checkSenderIds = (senderIds: Readonly<Record<string, string>>): void => {
  for (const senderId of Object.values(senderIds)) {
    if (!senderIdForm.test(senderId)) throw new Error(`Not a sender ID: ${senderId}`);
  }
};
