import { join } from "node:path";
import type { Timers } from "../../aws/clock/timers.ts";
import type { DataDirectory } from "../../aws/data/data-directory.ts";
import { startLoopback } from "../../aws/http/loopback.ts";
import type { DeviceRoutes } from "../api/api.ts";
import type { TelegramWorld } from "../world/world.ts";
import { botOf, LOCAL_BOT_USERNAME } from "./chats/bot.ts";
import { openFakeTelegram } from "./fake-telegram.ts";
import type { RealTelegram } from "./real/call-telegram.ts";
import { hostOf, identifyBot } from "./real/identify-bot.ts";
import { pollUpdates } from "./real/poll-updates.ts";
import { showChats } from "./show-chats.ts";
import { telegramRoutes } from "./telegram-routes.ts";
import { postUpdate } from "./updates/post-update.ts";
import type { UpdateTarget } from "./updates/post-update.ts";

/** The file with people and chats, in the data directory. */
export const CHATS = "telegram.jsonl";

/** Telegram as the stack has it: the real one by long polling, or a fake. */
type Telegram = {
  username: string;
  apiRoot: string;
  /** Only the fake has routes: the stack does not play real people. */
  routes: DeviceRoutes;
  show: () => TelegramWorld;
  /** From now on updates come. */
  start: () => void;
  /** Says, for people, where the bot is. */
  description: string;
};

/** What the stack knows of the bot only after it has read the template. */
export type BotPlan = { token: string; webhook: UpdateTarget | undefined };
type ConnectBot = (bot: BotPlan | undefined) => Telegram;

export type TelegramOptions = {
  real: RealTelegram | undefined;
  data: DataDirectory;
  now: () => number;
  timers: Timers;
  report: (trouble: string) => void;
  onChange: () => void;
  onStop: (stop: () => unknown) => void;
};

export type StartedTelegram = { username: string; apiRoot: string; connect: ConnectBot };

/** Starts the real Telegram or the fake, as far as that can be done before the template is read. */
export function startTelegram(options: TelegramOptions): Promise<StartedTelegram> {
  return options.real ? startReal(options.real, options) : startFake(options);
}

async function startFake(options: TelegramOptions): Promise<StartedTelegram> {
  const { data, onStop, report } = options;
  const server = await startLoopback((error) => report(`The fake of Telegram: ${String(error)}`));
  onStop(server.stop);
  const here = { username: LOCAL_BOT_USERNAME, apiRoot: server.endpoint };
  return {
    ...here,
    connect: (bot) => {
      if (!bot) return { ...here, ...playedElsewhere("none"), start: () => undefined };
      const path = join(data.path, CHATS);
      const fake = openFakeTelegram({ ...options, path, bot: botOf(bot.token) });
      onStop(fake.stop);
      server.serve(fake.handle);
      return {
        ...here,
        routes: telegramRoutes(fake),
        show: () => showChats(fake),
        start: fake.start,
        description: `a fake on this machine, with the bot @${LOCAL_BOT_USERNAME} whose people are played on the page /devices`,
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
