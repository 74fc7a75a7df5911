import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  begunLink,
  challenged,
  linkedTelegram,
  newPerson,
  signedIn,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { telegram } = service;

type Expected = { readonly look: () => Promise<unknown>; readonly is: unknown };
type Step = () => Promise<number>;

/** Somebody whose sign-in is answered in Telegram: the number, or "no". */
const answering = async (chat: number, yes: boolean): Promise<[Step, Expected]> => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  await linkedTelegram(service, owner, chat);
  const browser = await challenged(service, person);
  await telegram.runJobs();
  const { body } = await browser.get("/v1/challenge");
  const { number } = (body as { methods: { telegram: { number: string } } }).methods.telegram;
  const message = telegram.messages.find(({ chatId }) => chatId === chat)?.messageId ?? 0;
  return [
    () => telegram.tap(chat, message, yes ? number : "No, it's not me"),
    {
      look: async () => ((await browser.get("/v1/challenge")).body as { status: string }).status,
      is: yes ? "approved" : "denied",
    },
  ];
};

/** Somebody who opens a link. */
const linking = async (chat: number): Promise<[Step, Expected]> => {
  const browser = await signedIn(service, await newPerson(service));
  const { id, token } = await begunLink(browser);
  return [
    () => telegram.write(chat, `/start ${token}`, `User ${chat}`),
    {
      look: async () => (await browser.get(`/v1/telegram/links/${id}`)).body,
      is: { status: "answered", name: `User ${chat}` },
    },
  ];
};

test("500 updates, a third of them twice and a fifth out of order: no effect twice, none lost", async () => {
  const made: [Step, Expected][] = [];
  for (let n = 0; n < 100; n += 1) {
    made.push(n % 4 === 3 ? await linking(200_000 + n) : await answering(100_000 + n, n % 4 < 2));
  }
  const talk = Array.from(
    { length: 232 },
    (_, n): Step =>
      () =>
        telegram.write(300_000 + n, "hello"),
  );
  const once = [...made.map(([step]) => step), ...talk];
  const all = disorder([...once, ...once.filter((_, n) => n % 2 === 0)]);
  expect(all.length).toBeGreaterThanOrEqual(498);

  const activity = service.log.filter(({ message }) => message.startsWith("authn")).length;
  for (let n = 0; n < all.length; n += 10) {
    const statuses = await Promise.all(all.slice(n, n + 10).map((step) => step()));
    expect(new Set(statuses)).toEqual(new Set([200]));
  }
  for (const [, { look, is }] of made) expect(await look()).toEqual(is);
  const denials = made.filter(([, { is }]) => is === "denied").length;
  const noted = service.log
    .slice(activity)
    .filter(({ fields }) => fields["activity"] === "sign_in_denied");
  expect(noted).toHaveLength(denials);
});

/** The same steps with every fifth somewhere else. */
const disorder = (steps: readonly Step[]): Step[] => {
  const [moved, rest] = [steps.filter((_, n) => n % 5 === 0), steps.filter((_, n) => n % 5 !== 0)];
  const places = fc.sample(fc.nat({ max: rest.length }), { numRuns: moved.length, seed: 4711 });
  moved.forEach((step, n) => rest.splice(places[n] ?? 0, 0, step));
  return rest;
};
