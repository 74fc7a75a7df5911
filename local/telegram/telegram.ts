import { join } from "node:path";
import type { Timers } from "../clock/timers.ts";
import { TELEGRAM } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";
import type { DeviceRoutes } from "../devices/api.ts";
import type { TelegramWorld } from "../devices/world.ts";
import { startLoopback } from "../gateway/loopback.ts";
import { botOf, LOCAL_BOT_USERNAME } from "./bot.ts";
import type { RealTelegram } from "./call-telegram.ts";
import { hostOf, identifyBot } from "./identify-bot.ts";
import { pollUpdates } from "./poll-updates.ts";
import { postUpdate } from "./post-update.ts";
import type { UpdateTarget } from "./post-update.ts";
import { showChats } from "./show-chats.ts";
import { openStandIn } from "./stand-in.ts";
import { telegramRoutes } from "./telegram-routes.ts";

/** Telegram as the stack has it: the real one by long polling, or its stand-in. */
export type Telegram = {
  username: string;
  apiRoot: string;
  /** Only of the stand-in: nobody here plays real people. */
  routes: DeviceRoutes;
  show: () => TelegramWorld;
  /** Updates come from now on. */
  start: () => void;
  /** For people, where the bot is. */
  description: string;
};

/** What is known only once the template is read. */
export type BotPlan = { token: string; webhook: UpdateTarget | undefined };
export type ConnectBot = (bot: BotPlan | undefined) => Telegram;

export type TelegramOptions = {
  real: RealTelegram | undefined;
  data: DataDirectory;
  now: () => number;
  timers: Timers;
  report: (trouble: string) => void;
  onNews: () => void;
  onStop: (stop: () => unknown) => void;
};

export type StartedTelegram = { username: string; apiRoot: string; connect: ConnectBot };

/** Starts whichever Telegram is wanted, as far as that can be done before the template is read. */
export function startTelegram(options: TelegramOptions): Promise<StartedTelegram> {
  return options.real ? startReal(options.real, options) : startStandIn(options);
}

async function startStandIn(options: TelegramOptions): Promise<StartedTelegram> {
  const { data, onStop, report } = options;
  const server = await startLoopback((error) => report(`Telegram's stand-in: ${String(error)}`));
  onStop(server.stop);
  const here = { username: LOCAL_BOT_USERNAME, apiRoot: server.endpoint };
  return {
    ...here,
    connect: (bot) => {
      if (!bot) return { ...here, ...playedElsewhere("none"), start: () => undefined };
      const path = join(data.path, TELEGRAM);
      const standIn = openStandIn({ ...options, path, bot: botOf(bot.token) });
      onStop(standIn.stop);
      server.serve(standIn.handle);
      return {
        ...here,
        routes: telegramRoutes(standIn),
        show: () => showChats(standIn),
        start: standIn.start,
        description: `a stand-in on this machine, with the bot @${LOCAL_BOT_USERNAME} whose people are played on the page /devices`,
      };
    },
  };
}

async function startReal(
  real: RealTelegram,
  { report, onStop }: TelegramOptions,
): Promise<StartedTelegram> {
  const ended = new AbortController();
  let polling: Promise<void> | undefined;
  onStop(async () => {
    ended.abort();
    await polling;
  });
  const username = await identifyBot(real, report, ended.signal);
  const here = { username, apiRoot: real.apiRoot };
  return {
    ...here,
    connect: (bot) => ({
      ...here,
      ...playedElsewhere(
        `the real one, with the bot @${username}, by long polling of ${hostOf(real)}`,
      ),
      start: () => {
        const target = bot?.webhook;
        if (!target) return;
        polling = pollUpdates({
          telegram: real,
          hand: (update) => postUpdate(target, update, ended.signal),
          report,
          ended: ended.signal,
        });
      },
    }),
  };
}

const playedElsewhere = (
  description: string,
): Pick<Telegram, "routes" | "show" | "description"> => ({
  routes: {},
  show: () => ({ kind: "elsewhere", description }),
  description,
});
