import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { anAccount } from "../support/account.ts";
import { startDynalite } from "../support/dynalite.ts";
import { useTable } from "../support/every-table.ts";

const started = useTable(startDynalite);
const table = () => tableOf(started().client(), started().tableName);

type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs a command as `npm run` does, with its endpoint where every tool of AWS looks for it. */
const run = (command: string, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const file = fileURLToPath(new URL(`../../operations/${command}.ts`, import.meta.url));
    const env = {
      PATH: process.env["PATH"],
      AWS_ENDPOINT_URL: started().endpoint,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    };
    execFile(process.execPath, [file, ...args], { env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });

test("sends says what is stopped, stops, and takes back", async () => {
  const sends = (...args: string[]) => run("sends", "--table", "Items", ...args);
  expect(await sends()).toEqual({ code: 0, out: "Nothing is stopped.\n", err: "" });
  expect((await sends("--stop", "UA,PL")).out).toContain("to numbers of: PL, UA.");
  expect((await sends("--stop", "all")).out).toBe("All calls and SMS are stopped.\n");
  expect((await sends("--resume", "all")).out).toContain("PL, UA.");
  expect((await sends("--resume", "PL,UA")).out).toBe("Nothing is stopped.\n");
});

test("what a restore could not tell on the bus is said, and the account is restored", async () => {
  await dynamoAccountStore(table()).save(anAccount(), undefined, "version");
  const restore = (bus: string) =>
    run(
      ...(["restore", "--table", "Items", "--recovered-to", "2026-01-01T00:00:00Z"] as const),
      "--event-bus",
      bus,
    );
  // This endpoint is no event bus.
  const untold = await restore("activity");
  expect(untold.code).toBe(0);
  expect(untold.out).toContain('"restored":1');
  expect(untold.err).toBe("1 entries were not told on the bus. They stand in recent activity.\n");
  expect((await restore("none")).out).toContain('"done_before":1');
});
