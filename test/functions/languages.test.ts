import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundle } from "../../infra/bundles/bundle.ts";
import { temporaryDirectory } from "../infra/synthesize.ts";

const directory = temporaryDirectory();
bundle(directory);
// From a file: `node -e` hides that a bundle cannot require.
const script = join(directory, "load.cjs");
writeFileSync(script, "require(process.argv[2])");

const settings = {
  AWS_REGION: "eu-central-1",
  TABLE_NAME: "table",
  TELEGRAM_QUEUE_URL: "queue",
  FALLBACK_ARN: "arn:aws:states:eu-central-1:123456789012:stateMachine:Fallback",
  EVENT_BUS_NAME: "bus",
  SERVICE_NAME: "Twostep",
  SIGN_IN_URL: "/sign-in",
  TELEGRAM_API_ROOT: "https://api.example.com",
  TELEGRAM_BOT_TOKEN_SECRET_ID: "secret",
  TELEGRAM_WEBHOOK_SECRET_ID: "secret",
  LOOKUP_KEY_SECRET_ID: "secret",
  CODES_KEY_SECRET_ID: "secret",
};
const load = (name: string, languages: string | undefined) =>
  spawnSync(process.execPath, [script, join(directory, name, "index.js")], {
    env: { ...settings, ...(languages !== undefined && { LANGUAGES: languages }) },
    encoding: "utf8",
  });

describe.each(["accounts", "telegram-webhook", "telegram-sender", "send-sms"])("%s", (name) => {
  test.each([undefined, "uk,en"])("starts with the languages %s", (languages) => {
    expect(load(name, languages)).toMatchObject({ status: 0, stderr: "" });
  });

  test.each(["de", "uk,uk", ""])("does not start with the languages %j", (languages) => {
    const { status, stderr } = load(name, languages);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/Error: languages (names|must name)/);
  });
});
