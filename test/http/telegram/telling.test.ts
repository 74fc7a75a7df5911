import { describe, expect, test } from "vitest";
import type { Browser } from "../../support/service-browser.ts";
import {
  asked,
  lastTo,
  newLinkedPerson,
  newTelegramUser,
  notMe,
  tap,
  type Linked,
} from "../../support/service-asked.ts";
import {
  addedApp,
  addedPhone,
  challenged,
  linkedTelegram,
  newPerson,
  newRecoveryCodes,
  placeCalls,
  signedIn,
  type AuthenticatorApp,
} from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, queue, clock } = service;

const noticesTo = (chat: number) =>
  telegram.notices.filter(({ chatId }) => chatId === chat).map(({ html }) => html);
const heading = (html: string) => /^<b>Twostep: (.*)<\/b>/.exec(html)?.[1] ?? html;

/** Runs the work, and then the queue; what each of these chats is told, as headings. */
const toldBy = async (chats: readonly number[], work: () => Promise<unknown>) => {
  await telegram.runJobs();
  const before = chats.map((chat) => noticesTo(chat).length);
  await work();
  await telegram.runJobs();
  return chats.map((chat, n) => noticesTo(chat).slice(before[n]).map(heading));
};
/** Both chats of somebody are told the same. */
const both = (...headings: string[]) => [headings, headings];
const good = async (reply: Promise<{ status: number }>) => {
  expect((await reply).status).toBeLessThan(300);
};

const idsOf = async (owner: Browser) => {
  const { body } = await owner.get("/v1/security");
  return body as { telegram: { accounts: { id: string }[] } };
};

/** Somebody with two chats, an app and a number, freshly signed in. */
const newTold = async (): Promise<Linked & { app: AuthenticatorApp; phone: string }> => {
  const linked = await newLinkedPerson(service, 2);
  const app = await addedApp(service, linked.owner);
  const phone = await addedPhone(service, linked.owner);
  return { ...linked, app, phone };
};

const changes: [
  name: string,
  heading: string,
  change: (one: Awaited<ReturnType<typeof newTold>>) => Promise<unknown>,
][] = [
  ["an app added", "an authenticator app was added", ({ owner }) => addedApp(service, owner)],
  [
    "an app removed",
    "an authenticator app was removed",
    ({ owner, app }) => good(owner.delete(`/v1/totp/${app.id}`)),
  ],
  [
    "Telegram switched off",
    "confirming in Telegram was switched off",
    ({ owner }) => good(owner.put("/v1/telegram", { enabled: false })),
  ],
  [
    "a number removed",
    "a phone number was removed",
    ({ owner, phone }) => good(owner.delete(`/v1/phones/${phone}`)),
  ],
  ["recovery codes made", "new recovery codes were made", ({ owner }) => newRecoveryCodes(owner)],
  [
    "the password changed",
    "the password was changed",
    ({ owner }) => good(owner.put("/v1/password", { password: "a new good one" })),
  ],
  [
    "the mail changed by the host",
    "the email address was changed",
    ({ person }) =>
      good(service.host.put(`/v1/accounts/${person.id}`, { email: `new-${person.email}` })),
  ],
  [
    "a sign-in denied",
    "a sign-in was denied, and nobody was let in",
    async ({ person, chats }) => {
      await asked(service, person);
      await tap(service, chats[0] ?? 0, notMe);
    },
  ],
  [
    "a sign-in by a call",
    "somebody signed in by a call",
    async ({ person, phone }) => {
      clock.advance(20);
      const browser = await challenged(service, person);
      await good(browser.post("/v1/challenge/call", { numberId: phone }));
      await good(browser.post("/v1/challenge/code", { code: await placeCalls(service) }));
    },
  ],
];

test.each(changes)("%s is told in every linked chat, once", async (_, told, change) => {
  const one = await newTold();
  expect(await toldBy(one.chats, () => change(one))).toEqual(both(told));
});

test("a number added, and Telegram switched on again, are told", async () => {
  const { owner, chats } = await newLinkedPerson(service, 2);
  expect(await toldBy(chats, () => addedPhone(service, owner))).toEqual(
    both("a phone number was added"),
  );
  await good(owner.put("/v1/telegram", { enabled: false }));
  expect(await toldBy(chats, () => good(owner.put("/v1/telegram", { enabled: true })))).toEqual(
    both("confirming in Telegram was switched on"),
  );
});

test("a recovery code that was used is told, and the codes before it", async () => {
  const { person, owner, chats } = await newTold();
  const [code = ""] = await newRecoveryCodes(owner);
  const browser = await challenged(service, person);
  expect(
    await toldBy(chats, () => good(browser.post("/v1/challenge/recovery-code", { code }))),
  ).toEqual(both("a recovery code was used"));
});

test("a sign-in by app or Telegram is told nowhere", async () => {
  const { person, app, chats } = await newTold();
  const signIn = async () => {
    const browser = await challenged(service, person);
    await good(browser.post("/v1/challenge/totp", { code: app.nextCode() }));
  };
  expect(await toldBy(chats, signIn)).toEqual(both());
});

describe("a chat that is unlinked is told of it", () => {
  test("beside those that stay, and of nothing after it", async () => {
    const { owner, chats } = await newTold();
    const [first] = (await idsOf(owner)).telegram.accounts;
    const unlink = () => good(owner.delete(`/v1/telegram/accounts/${first?.id ?? ""}`));
    expect(await toldBy(chats, unlink)).toEqual(both("a Telegram account was unlinked"));
    const codes = await toldBy(chats, () => newRecoveryCodes(owner));
    expect(codes).toEqual([[], ["new recovery codes were made"]]);
  });

  test("also when it was the only one", async () => {
    const { owner, chats } = await newLinkedPerson(service);
    const [only] = (await idsOf(owner)).telegram.accounts;
    const unlink = () => good(owner.delete(`/v1/telegram/accounts/${only?.id ?? ""}`));
    expect(await toldBy(chats, unlink)).toEqual([["a Telegram account was unlinked"]]);
  });

  test("and of what was done right before it, although nothing had been told by then", async () => {
    const { owner, chats } = await newLinkedPerson(service);
    const [only] = (await idsOf(owner)).telegram.accounts;
    const both = async () => {
      await addedApp(service, owner);
      await good(owner.delete(`/v1/telegram/accounts/${only?.id ?? ""}`));
    };
    expect(await toldBy(chats, both)).toEqual([
      ["an authenticator app was added", "a Telegram account was unlinked"],
    ]);
  });

  test("by the host that resets the account", async () => {
    const { person, chats } = await newTold();
    const reset = () =>
      good(service.host.post(`/v1/accounts/${person.id}/reset`, { reason: "Lost everything" }));
    expect(await toldBy(chats, reset)).toEqual(
      both("support removed all methods of the second step"),
    );
  });
});

test("the first chat is told that it was linked, and so is every other when one more is", async () => {
  const person = await newPerson(service);
  const owner = await signedIn(service, person);
  const [one, two] = [newTelegramUser(), newTelegramUser()];
  const linked = ["a Telegram account was linked"];
  const link = (user: number) => () => linkedTelegram(service, owner, user);
  expect(await toldBy([one], link(one))).toEqual([linked]);
  expect(await toldBy([one, two], link(two))).toEqual([linked, linked]);
});

test("guessing is told: when it is suspected, when calls and when all codes are off", async () => {
  const { person, app, phone, chats } = await newTold();
  const guess = async (count: number, by: "totp" | "call") => {
    for (let n = 0; n < count; n += 1) {
      clock.advance(3601);
      const browser = await challenged(service, person);
      if (by === "call") {
        await good(browser.post("/v1/challenge/call", { numberId: phone }));
        const code = await placeCalls(service);
        const wrong = code === "0000" ? "1111" : "0000";
        expect((await browser.post("/v1/challenge/code", { code: wrong })).code).toBe("wrong_code");
      } else {
        const { code } = await browser.post("/v1/challenge/totp", { code: app.wrong() });
        expect(code).toBe("wrong_code");
      }
    }
  };
  expect(await toldBy(chats, () => guess(5, "call"))).toEqual(
    both("calls are off for a day after too many wrong codes"),
  );
  expect(await toldBy(chats, () => guess(15, "totp"))).toEqual(
    both("many wrong codes, somebody may be guessing"),
  );
  for (const told of await toldBy(chats, () => guess(80, "totp"))) {
    expect(told).toContain("codes are off after too many wrong ones");
  }
}, 120_000);

test("a queue that is down fails no request; nothing is told, and the log says so", async () => {
  const { owner, chats } = await newTold();
  const before = service.log.length;
  const told = await toldBy(chats, async () => {
    queue.down = true;
    await newRecoveryCodes(owner);
    queue.down = false;
  });
  expect(told).toEqual(both());
  expect(service.log.slice(before)).toContainEqual(
    expect.objectContaining({
      message: "telegram_queue_failed",
      fields: expect.objectContaining({ job: "notify" }) as unknown,
    }),
  );
});

test("no notice, job or line in the log names the mail, the number or a code", async () => {
  const one = await newTold();
  const { owner, chats, person, app } = one;
  const lines = service.log.length;
  const jobs = service.jobs.length;
  const codes = await newRecoveryCodes(owner);
  await good(owner.delete(`/v1/phones/${one.phone}`));
  const all = [
    JSON.stringify(service.jobs.slice(jobs)),
    ...(await toldBy(chats, () => Promise.resolve())).flat(),
    ...chats.flatMap(noticesTo),
    JSON.stringify(service.log.slice(lines)),
  ].join("\n");
  for (const secret of [person.email, person.password, app.secret, "380501234542", ...codes]) {
    expect(all).not.toContain(secret);
  }
  expect(lastNotice(chats[0] ?? 0)).toContain("Account: a•••@example.com");
});

const lastNotice = (chat: number) => noticesTo(chat).at(-1) ?? "";

test("the message that asked says who denied it, and the notice comes beside it", async () => {
  const { person, chats } = await newLinkedPerson(service, 2);
  await asked(service, person);
  const told = await toldBy(chats, () => tap(service, chats[0] ?? 0, notMe));
  expect(told).toEqual(both("a sign-in was denied, and nobody was let in"));
  for (const chat of chats) {
    expect(lastTo(service, chat).html).toContain("Denied by Ann");
    expect(lastNotice(chat)).toContain("somebody knows your password");
  }
});
