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
import { settingsAt } from "./items-table.ts";
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
  /** How often the sender has returned the job. */
  readonly failures: number;
};

export type FallbackMove =
  | ["start", ...Parameters<FallbackMachine["start"]>]
  | ["move", ...Parameters<FallbackMachine["move"]>]
  | ["goOn", ...Parameters<FallbackMachine["goOn"]>]
  | ["end", ...Parameters<FallbackMachine["end"]>];

export type Service = {
  readonly clock: { now(): number; advance(seconds: number): void };
  /** Every log line so far. */
  readonly log: LogLine[];
  /** Every measure so far. */
  readonly measures: Measure[];
  /** Every answer so far. */
  readonly replies: Reply[];
  readonly storage: Storage;
  /** The jobs in the Telegram queue, in order. */
  readonly jobs: QueuedJob[];
  /** If `down` is true, the queue refuses jobs. */
  readonly queue: { down: boolean };
  /** The notices on the event bus, in order. */
  readonly told: ActivityNotice[];
  /** If `down` is true, the event bus refuses notices. Its answers wait for `hanging`. */
  readonly bus: { down: boolean; hanging?: Promise<unknown> };
  readonly telegram: TestTelegram;
  readonly phone: TestPhone;
  /** The calls to the state machine, in order. */
  readonly moves: FallbackMove[];
  /** Makes a new browser. Without `ip` it gets an address of its own. */
  browser(ip?: string): Browser;
  /** The host's back end. It does not sign its requests here, because the gateway checks signatures. */
  readonly host: Browser;
};

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

/**
 * Starts the whole HTTP API in this process, over an embedded DynamoDB that stops after the test file. Call this
 * function outside tests. The clock stands still until `advance` moves it. The service checks every answer against its
 * contract.
 *
 * @param through makes the endpoint that the service uses for the storage, if a test puts a proxy between the two.
 * @param instancesOf makes the instances, which answer in turns: functions run in many processes, and these may know
 * different secrets.
 */
export const startService = async (
  through?: (endpoint: string) => string | Promise<string>,
  instancesOf: (clock: Service["clock"]) => readonly Instance[] = () => [oneInstance],
): Promise<Service> => {
  const dynalite = await startDynalite();
  afterAll(dynalite.stop);
  const storage = storageAt(
    through ? settingsAt(await through(dynalite.endpoint)) : dynalite.settings,
    dynalite.tableName,
  );
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
    goOn: (...given) => Promise.resolve(void moves.push(["goOn", ...given])),
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

/** Only middy reads Lambda's context, and only its deadline. */
const lambda = { getRemainingTimeInMillis: () => 10_000 } as Context;
