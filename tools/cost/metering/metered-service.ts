import { eventBridgeActivityEvents } from "../../../lib/runtime/eventbridge-activity-events.ts";
import { sfnFallbackMachine } from "../../../lib/runtime/sfn-fallback-machine.ts";
import { sqsTelegramQueue } from "../../../lib/runtime/sqs-telegram-queue.ts";
import { defaultLimits } from "../../../lib/settings/limits.ts";
import { servicesOn } from "../../../test/support/services.ts";
import type { LogFields } from "../../../lib/log/log.ts";
import type { Definition } from "../../../local/aws/states-language/definition.ts";
import { panelOrigin } from "../../../test/support/service-browser.ts";
import { answerBytes } from "./answer-bytes.ts";
import { logLine, measureLine } from "./log-line.ts";
import { manualClock } from "./manual-clock.ts";
import { meteredApi } from "./metered-api.ts";
import { meteredBot, startCommand, tapOn } from "./metered-bot.ts";
import { meteredClients } from "./metered-clients.ts";
import { meterFetch } from "./metered-fetch.ts";
import { meteredFallback } from "./metered-fallback.ts";
import { meteredQueue } from "./metered-queue.ts";
import { meteredTable } from "./metered-table.ts";
import { meteredTasks } from "./metered-tasks.ts";
import { newMeter } from "./meter.ts";
import { seededRandom } from "./seeded-random.ts";

type Start = {
  /** What its clock shows first. */
  readonly startsAt?: number;
  /** Two services with the same seed make the same ids. */
  readonly seed?: string;
};

export type MeteredService = Awaited<ReturnType<typeof startMeteredService>>;

/**
 * Starts the whole service in this process. It runs the functions' own code and adapters over an embedded DynamoDB, and
 * the fallback's deployed definition in the local interpreter. It answers and counts every request to other services.
 * Its clock stands still until `advance` moves it. Its random bytes are the same in every run.
 */
export const startMeteredService = async (
  fallbackDefinition: Definition,
  { startsAt = Date.parse("2026-11-24T10:00:00Z"), seed = "the cost of a sign-in" }: Start = {},
) => {
  const meter = newMeter();
  const { table, stop: stopTable, items, put } = await meteredTable(meter);
  const outside = meterFetch(meter);
  const clock = manualClock(startsAt);
  const queue = meteredQueue(clock.now);
  const fallback = meteredFallback(fallbackDefinition, clock, () => tasks);
  let smsCode = "";
  const clients = meteredClients(meter, {
    queued: queue.add,
    started: fallback.start,
    answered: fallback.answer,
    texted: (message) => {
      smsCode = /#(\d{6})$/.exec(message)?.[1] ?? "";
    },
  });
  const write = (level: "INFO" | "WARN" | "ERROR") => (message: string, fields: LogFields) => {
    meter.line(logLine(level, message, fields, clock.now()));
  };
  const services = servicesOn(
    {
      now: clock.now,
      random: seededRandom(seed),
      limits: defaultLimits,
      log: {
        info: write("INFO"),
        warn: write("WARN"),
        error: write("ERROR"),
        measure: (measure) => meter.line(measureLine(measure, clock.now())),
      },
    },
    table,
    {
      queue: sqsTelegramQueue(clients.sqs, "https://sqs.eu-central-1.amazonaws.com/0/Telegram"),
      fallbacks: sfnFallbackMachine(
        clients.sfn,
        "arn:aws:states:eu-central-1:0:stateMachine:Fallback",
      ),
      events: eventBridgeActivityEvents(clients.eventBridge, "Activity"),
    },
    [panelOrigin],
  );
  const tasks = meteredTasks(meter, services, table, clients.sns);
  const bot = meteredBot(services, table);
  const update = async (given: object): Promise<void> => {
    const event = bot.updateEvent(given);
    const post = () => bot.webhook(event);
    const { result, invocation } = await meter.invoke("telegram-webhook", post, event.routeKey);
    if (result.statusCode !== 200) throw new Error("The webhook failed.");
    invocation.answerBytes = answerBytes(result);
  };
  /** Finishes everything that is under way or due. */
  const settled = async (): Promise<void> => {
    await fallback.settled();
    await queue.run((job) => meter.invoke("telegram-sender", () => bot.send(job)));
  };

  return {
    ...meteredApi(meter, services, table),
    meter,
    table,
    items,
    put,
    fallback,
    services,
    outside,
    settled,
    smsCode: () => smsCode,
    now: clock.now,
    advance: (seconds: number) => clock.advance(seconds, settled),
    start: (userId: number, token: string) => update(startCommand(userId, token)),
    tap: (userId: number, messageId: number, data: string) =>
      update(tapOn(userId, messageId, data)),
    async stop() {
      outside.stop();
      await stopTable();
    },
  };
};
