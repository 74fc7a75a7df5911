import { setTimeout } from "node:timers/promises";

/** The answer that CloudFormation takes: at most 4096 bytes. */
export type Answer = {
  readonly Status: "SUCCESS" | "FAILED";
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
};

export type SendSettings = {
  /** How long one try may take. */
  readonly limitMs: number;
  /** The pause between two tries; it grows with each try. */
  readonly pauseMs: number;
};

export const answerTries = 3;

/** PUTs the answer to where CloudFormation waits for it. Returns false if it was not taken. */
export const sendAnswer = async (
  url: string,
  answer: Answer,
  { limitMs, pauseMs }: SendSettings,
): Promise<boolean> => {
  const body = JSON.stringify(answer);
  for (let attempt = 1; attempt <= answerTries; attempt += 1) {
    if (await put(url, body, limitMs)) return true;
    if (attempt < answerTries) await setTimeout(pauseMs * attempt);
  }
  return false;
};

const put = async (url: string, body: string, limitMs: number): Promise<boolean> => {
  try {
    const response = await fetch(url, {
      method: "PUT",
      body,
      // The URL is signed for an empty content type; fetch would write one of its own.
      headers: { "content-type": "" },
      signal: AbortSignal.timeout(limitMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // The URL is a key to the answer, so an error that names it goes no further.
    return false;
  }
};
