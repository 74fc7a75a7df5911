import { afterAll } from "vitest";
import { answerEventBridge, type BusEvent } from "../../local/aws/events/answer-event-bridge.ts";
import { startLoopback } from "../../local/aws/http/loopback.ts";

/** A bus of this name that remembers what it was told; it ends with the test file. */
export const startEventBridge = async (
  name: string,
): Promise<{ readonly endpoint: string; readonly events: BusEvent[] }> => {
  const events: BusEvent[] = [];
  const server = await startLoopback((fault) => console.error(fault));
  server.serve(answerEventBridge({ names: [name], events }));
  afterAll(server.stop);
  return { endpoint: server.endpoint, events };
};
