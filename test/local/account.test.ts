import { expect, test } from "vitest";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";

// The command itself, with the project's own template.

type Created = { id: string; email: string; password?: string };

async function create(dataDir: string, args: readonly string[], input = ""): Promise<Created> {
  const { code, stdout, stderr } = await run(
    "local/account.ts",
    ["create", ...args, "--data", dataDir],
    input,
  ).ended;
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Created;
}

const signIn = async (url: string, email: string, password: string) => {
  const response = await fetch(`${url}/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  return response.json();
};

const SIGNED_IN = { status: "signed_in" };

test("accounts are made while the stack rests and while it runs, and can sign in; so can the demo account", async () => {
  const dataDir = await aFolder();
  const ann = await create(dataDir, ["ann@example.com"]);
  expect(ann.password).toMatch(/^[\w-]{20}$/);

  const { ready } = run("local/start.ts", ["--port", "0", "--data", dataDir, "--quiet"]);
  const url = await ready;
  const password = "a pass phrase of Bob's";
  const bob = await create(dataDir, ["bob@example.com", "--password-stdin"], `${password}\n`);
  expect(bob).toEqual({ id: expect.any(String) as string, email: "bob@example.com" });

  expect(await signIn(url, "ann@example.com", ann.password ?? "")).toEqual(SIGNED_IN);
  expect(await signIn(url, "bob@example.com", password)).toEqual(SIGNED_IN);
  expect(await signIn(url, "demo@example.com", "correct-horse-battery")).toEqual(SIGNED_IN);

  const again = await run("local/account.ts", ["create", "bob@example.com", "--data", dataDir])
    .ended;
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/^The account was not made: .*\(email_taken\)\n$/);

  const weak = ["create", "carol@example.com", "--password-stdin", "--data", dataDir];
  const refused = await run("local/account.ts", weak, "example-2026\n").ended;
  expect(refused.code).toBe(1);
  expect(refused.stderr).toBe(
    "The account was not made: password must have more in it than parts of the account's mail, digits and punctuation (invalid_request)\n",
  );
});

test.each([
  [[]],
  [["create"]],
  [["remove", "a@example.com"]],
  [["create", "a@example.com", "--force"]],
])("wrong arguments are answered with the usage: %s", async (args) => {
  const { code, stderr } = await run("local/account.ts", args).ended;
  expect(code).toBe(2);
  expect(stderr).toContain("Usage: npm run account");
});
