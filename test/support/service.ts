import { randomBytes } from "node:crypto";
import type { Context } from "aws-lambda";
import { afterAll } from "vitest";
import type { ActivityNotice } from "../../lib/runtime/activity-events.ts";
import type { FallbackMachine } from "../../lib/phone/fallback/fallback-machine.ts";
import type { TelegramJob } from "../../lib/telegram/telegram-queue.ts";
import type { LogFields } from "../../lib/log/log.ts";
import type { Measure } from "../../lib/log/measure.ts";
import { browserOf, panelOrigin, replyOf, type Browser, type Reply } from "./service-browser.ts";
import { conform } from "./service-conformance.ts";
import { startDynalite } from "./dynalite.ts";
import { receive, type HttpRequest } from "./service-gateway.ts";
import { phoneOf, type TestPhone } from "./service-phone.ts";
import { inTurns, oneInstance, type Instance } from "./service-instances.ts";
import { everyRoute } from "./service-routes.ts";
import { telegramOf, type TestTelegram } from "./service-telegram.ts";
import { storageAt, type Storage } from "./service-storage.ts";
import { servicesOn } from "./services.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";

type LogLine = {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
};

export type QueuedJob = {
  readonly job: TelegramJob;
  readonly delaySeconds: number;
  readonly queuedAt: number;
  /** How often the sender has had it and handed it back. */
  readonly failures: number;
};

export type FallbackMove =
  | ["start", ...Parameters<FallbackMachine["start"]>]
  | ["move", ...Parameters<FallbackMachine["move"]>]
  | ["end", ...Parameters<FallbackMachine["end"]>];

export type Service = {
  readonly clock: { now(): number; advance(seconds: number): void };
  /** Every line so far. */
  readonly log: LogLine[];
  /** Everything that was counted so far. */
  readonly measures: Measure[];
  /** Every answer so far. */
  readonly replies: Reply[];
  readonly storage: Storage;
  /** What was handed to the Telegram queue, in order. */
  readonly jobs: QueuedJob[];
  /** Set to true to have the queue refuse. */
  readonly queue: { down: boolean };
  /** What was told on the event bus, in order. */
  readonly told: ActivityNotice[];
  /** `down`: set to true to have the event bus refuse. `hanging`: what its answers wait for. */
  readonly bus: { down: boolean; hanging?: Promise<unknown> };
  readonly telegram: TestTelegram;
  readonly phone: TestPhone;
  /** What the state machine was told, in order. */
  readonly moves: FallbackMove[];
  /** A new browser, at an address of its own if none is given. */
  browser(ip?: string): Browser;
  /** The host's back end. That it signs its requests is the gateway's business. */
  readonly host: Browser;
};

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

/**
 * The whole HTTP surface in this process, over an embedded DynamoDB that ends with the test file; call it outside
 * tests. Its clock stands still until it is advanced. Every answer is held against its contract.
 *
 * @param through the endpoint of the storage, where a test stands between it and the service.
 * @param instancesOf who answers, in turns: functions run in many processes, which need not know the same of secrets.
 */
export const startService = async (
  through: (endpoint: string) => string | Promise<string> = (endpoint) => endpoint,
  instancesOf: (clock: Service["clock"]) => readonly Instance[] = () => [oneInstance],
): Promise<Service> => {
  const dynalite = await startDynalite();
  afterAll(dynalite.stop);
  const storage = storageAt(await through(dynalite.endpoint), dynalite.tableName);
  const table = tableOf(storage.client, dynalite.tableName);

  const log: LogLine[] = [];
  const measures: Measure[] = [];
  const write = (level: string) => (message: string, fields: LogFields) =>
    void log.push({ level, message, fields });
  let now = Date.parse("2026-11-24T10:00:00Z");
  const clock = { now: () => now, advance: (seconds: number) => void (now += seconds * 1000) };
  const instances = instancesOf(clock);
  const jobs: QueuedJob[] = [];
  const queue = { down: false };
  const told: ActivityNotice[] = [];
  const bus: Service["bus"] = { down: false };
  const moves: FallbackMove[] = [];
  const fallbacks: FallbackMachine = {
    start: (...given) => Promise.resolve(void moves.push(["start", ...given])),
    move: (...given) => {
      moves.push(["move", ...given]);
      return Promise.resolve("moved");
    },
    end: (...given) => Promise.resolve(void moves.push(["end", ...given])),
  };
  const services = servicesOn(
    {
      now: clock.now,
      random: randomBytes,
      limits: defaultLimits,
      log: {
        info: write("info"),
        warn: write("warn"),
        error: write("error"),
        measure: (measure) => void measures.push(measure),
      },
    },
    table,
    {
      queue: {
        send: (job, delaySeconds) => {
          if (queue.down) return Promise.reject(new Error("The queue is down."));
          jobs.push({ job, delaySeconds, queuedAt: now, failures: 0 });
          return Promise.resolve();
        },
      },
      fallbacks,
      events: {
        publish: async (notices) => {
          await bus.hanging;
          if (bus.down) throw new Error("The bus is down.");
          told.push(...notices);
        },
      },
    },
    ["https://other.example.com", panelOrigin],
  );

  const handlers = inTurns(
    instances.map(({ keysOf, languages }) => everyRoute(services, table, keysOf, languages)),
  );
  const replies: Reply[] = [];
  const deliver = async (request: HttpRequest) => {
    const { contract, event } = receive(request, randomBytes(9).toString("base64url"), now);
    const { result, calls } = await storage.meter(() => handlers()(event, lambda));
    const reply = replyOf(result, { calls, contract });
    replies.push(reply);
    conform(contract, reply);
    return reply;
  };
  let addresses = 0;
  const nextAddress = () => {
    addresses += 1;
    return `10.0.${addresses >> 8}.${addresses & 255}`;
  };
  return {
    clock,
    log,
    replies,
    storage,
    jobs,
    measures,
    told,
    bus,
    queue,
    moves,
    phone: phoneOf(services, table, moves, inTurns(instances.map(({ keysOf }) => keysOf("codes")))),
    telegram: telegramOf(services, table, jobs, instances),
    browser: (ip = nextAddress()) => browserOf(deliver, ip, { "user-agent": firefox }),
    host: browserOf(deliver, "192.0.2.1", { "user-agent": "host/1.0" }),
  };
};

/** Nothing of ours reads Lambda's context but its deadline, which middy looks at. */
const lambda = { getRemainingTimeInMillis: () => 10_000 } as Context;
