import { join } from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

// Processes and threads that tests start, hundreds of them, find their code compiled, and its types stripped.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

/** Decisions: plain functions, without a server or another process. */
const domain = [
  "test/{account,challenge,contract,crypto,guard,phone,recovery-codes,sessions}/**/*.test.ts",
  "test/{settings,telegram,totp,whole-account}/**/*.test.ts",
];
/** What runs the compiler: one program takes seconds. */
const compiled = ["test/**/half-a-*.test.ts"];
/** What lies in the same folders and needs a database or another server. */
const domainWithServers = [
  "test/account/claim-mail.test.ts",
  "test/challenge/{mended,races}.test.ts",
  "test/guard/{counter,send-budget,send-stops}.test.ts",
  "test/phone/carriers/{every-carrier,place-call}.test.ts",
  "test/phone/carriers/{smsru,telnyx,ucaller}-carrier.test.ts",
  "test/sessions/try-password.test.ts",
  "test/telegram/{batches,bot-findings,closing,conversation,disorder,languages}.test.ts",
  "test/telegram/{lost-answers,sending,set-up-bot,strange-updates,telegram-job}.test.ts",
  "test/telegram/{telling,token-silence,webhook,webhook-faults}.test.ts",
];
/** What synthesizes the app, or bundles it. */
const build = [
  "test/infra/**/*.test.ts",
  "test/docs/{configuration,deploy,runbooks}.test.ts",
  "test/functions/{events,languages,pages-setup/deployed,telegram-setup/index}.test.ts",
  "test/web/{bundle,languages}.test.ts",
  // It checks passwords that releases hashed, by the real argon2.
  "test/releases/**/*.test.ts",
];
/** What runs local stacks. */
const stack = ["test/local/**/*.test.ts", "test/docs/try-it.test.ts"];
const browser = ["test/browser/**/*.test.ts", "test/local/devices/page/page.test.ts"];

const project = (
  name: string,
  test: TestProjectInlineConfiguration["test"],
): TestProjectInlineConfiguration => ({ extends: true, test: { name, ...test } });

export default defineConfig({
  test: {
    // Real parts (embedded DynamoDB, workers, CDK) start slowly on a busy machine; a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than the cores of a small CI machine: files of "stack" wait two thirds of their time (for a process, for a pause
    // of the fallback, for what a guide's "sleep" allows), those of "browser" a third.
    maxWorkers: 3,
    // A process runs many files of one project, and loads once what they have in common. If it crashes, it takes only the file
    // with it that it was running.
    isolate: false,
    projects: [
      project("domain", {
        include: domain,
        exclude: [...domainWithServers, ...compiled],
        setupFiles: ["test/support/no-server.ts"],
      }),
      project("domain-servers", { include: domainWithServers }),
      project("build", { include: [...build, ...compiled] }),
      project("stack", { include: stack, exclude: browser }),
      project("browser", { include: browser }),
      // All the rest, so that no file is forgotten.
      project("service", {
        include: ["test/**/*.test.ts"],
        exclude: [...domain, ...build, ...stack, ...browser],
        setupFiles: ["test/support/remember-hashes.ts"],
      }),
    ],
  },
});
