import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SendTaskSuccessCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, vi } from "vitest";
import type { Witness } from "../../../local/aws/access/guard.ts";
import { openProjectAssembly } from "../../../local/twostep/project-assembly.ts";
import { LOCAL_CREDENTIALS, sign } from "../../../local/aws/access/signature.ts";
import { startStack } from "../../../local/stack.ts";
import type { Stack } from "../../../local/stack.ts";
import type { Assembly, Template } from "../../../local/aws/template/template.ts";
import type { ChangedLimits } from "../../../lib/settings/change-limits.ts";
import { aBrowser } from "./browser.ts";
import type { TestBrowser } from "./browser.ts";
import { aFolder } from "./folder.ts";
import { anSfnClient } from "./fallback.ts";
import { advance } from "./stack.ts";
import { storedFallbacks } from "./stored-fallback.ts";
import type { StoredFallback } from "./stored-fallback.ts";
import { aTelnyx } from "./telnyx.ts";
import type { TestTelnyx } from "./telnyx.ts";

/** As a deployer may set them: nobody in a test waits for an hour to be called again. */
const limits: ChangedLimits = {
  challenge: { perHour: 100, reauthenticationsPerHour: 100, hostPerHour: 100 },
  session: { touchSeconds: 1, idleSeconds: 43_200, freshSeconds: 43_200 },
  telegram: { fewPrompts: 100, promptsPerHour: 100, denials: 100, accounts: 2 },
  // With so many sends an account could outgrow its bound otherwise.
  activityEntries: 5,
  sends: {
    calls: 1000,
    sms: 1000,
    callsPerDay: 1000,
    smsPerDay: 1000,
    perAddress: 1000,
    enrolmentsPerDay: 1000,
  },
};

export type WholeService = Pick<Stack, "url" | "functions"> & {
  telnyx: TestTelnyx;
  /** As CloudFront brings its requests along. */
  browser: () => TestBrowser;
  /** A request that the host's back end signs. */
  host: <Body>(method: string, path: string, body?: unknown) => Promise<Body>;
  advance: (seconds: number) => Promise<number>;
  /** The fallback of a challenge or of the number that is being added, once it is as wanted. */
  fallback: (account: string, is: (fallback: StoredFallback) => boolean) => Promise<StoredFallback>;
  /** Ends the execution whose task waits for this account, as an operator may: the account does not know of it. */
  stopExecution: (account: string) => Promise<void>;
  /** Starts one for a challenge that nobody has. */
  startStray: (account: string) => Promise<void>;
  /** Changes a secret, named by the variable by which functions know it. */
  changeSecret: (variable: string, change: (text: string) => string) => Promise<void>;
};

/** The project's own stack, as it deploys for who has a contract with Telnyx. */
export async function aWholeService(witness: Witness): Promise<WholeService> {
  const telnyx = await aTelnyx();
  const stack = await startStack({
    port: 0,
    dataDir: await aFolder(),
    quiet: true,
    demo: false,
    assembly: withLimits(await openProjectAssembly()),
    variables: { TELNYX_API_ROOT: telnyx.url, CALL_CARRIERS: "telnyx" },
    witness,
    schedules: true,
  });
  const { url, functions, endpoints } = stack;
  onTestFinished(stack.stop);
  const operator = {
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const stored = storedFallbacks(stack);
  onTestFinished(stored.end);
  const secrets = new SecretsManagerClient({ ...operator, endpoint: endpoints.secretsManager });
  const sfn = anSfnClient(endpoints.stepFunctions);
  onTestFinished(() => secrets.destroy());
  const variable = (name: string): string =>
    functions.map(({ environment }) => environment[name]).find((one) => one !== undefined) ?? "";

  const service: WholeService = {
    url,
    functions,
    telnyx,
    browser: () =>
      aBrowser(url, {
        "x-twostep-edge": "somebody's",
        "cloudfront-viewer-address": "198.51.100.7:4711",
      }),
    host: (method, path, body) => asHost(url, method, path, body),
    advance: (seconds) => advance(url, seconds),
    fallback: (account, is) =>
      vi.waitUntil(async () => (await stored.read(account)).find(is), {
        timeout: 10_000,
        interval: 20,
      }),
    async stopExecution(account) {
      const { token } = await service.fallback(account, (one) => one.token !== undefined);
      const output = JSON.stringify({ step: "over", waitSeconds: 0 });
      await sfn.send(new SendTaskSuccessCommand({ taskToken: token ?? "", output }));
    },
    async startStray(accountId) {
      const stateMachineArn = variable("FALLBACK_ARN");
      const stray = { accountId, ownerId: "nobody", waitSeconds: 0, listenSeconds: 30 };
      for (const step of ["listen_call", "listen_sms"]) {
        const input = JSON.stringify({ ...stray, step });
        await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
      }
    },
    async changeSecret(name, change) {
      const SecretId = variable(name);
      const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      const changed = { SecretId, SecretString: change(SecretString) };
      await secrets.send(new PutSecretValueCommand(changed));
    },
  };
  await service.changeSecret("CARRIER_CREDENTIALS_SECRET_ID", () =>
    JSON.stringify({ telnyx: telnyx.credentials }),
  );
  return service;
}

/** As with the deployer's setting `limits`. */
function withLimits({ template, directory }: Assembly): Assembly {
  const withOwn = (variables: Readonly<Record<string, unknown>>) => ({
    ...variables,
    LIMITS: JSON.stringify(limits),
  });
  const changed = ({ Type, Properties = {} }: Template["Resources"][string]) => {
    const environment = Properties["Environment"] as { Variables: Record<string, unknown> };
    return Type === "AWS::Lambda::Function" && "Environment" in Properties
      ? {
          Type,
          Properties: { ...Properties, Environment: { Variables: withOwn(environment.Variables) } },
        }
      : { Type, Properties };
  };
  const resources = Object.entries(template.Resources).map(
    ([id, one]) => [id, changed(one)] as const,
  );
  return { template: { ...template, Resources: Object.fromEntries(resources) }, directory };
}

async function asHost<Body>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> {
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = sign(
    {
      method,
      path,
      rawQuery: "",
      headers: { host: new URL(url).host, "content-type": "application/json" },
      body: Buffer.from(text),
    },
    LOCAL_CREDENTIALS,
    Date.now(),
  );
  const response = await fetch(url + path, { method, headers, ...(text ? { body: text } : {}) });
  const answered = (await response.json()) as Body;
  expect(response.ok, JSON.stringify(answered)).toBe(true);
  return answered;
}
