import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { clientSettings } from "../../lib/runtime/client-settings.ts";
import { signRequest } from "../../lib/runtime/sign-request.ts";
import { setting } from "../../lib/settings/environment.ts";
import { syntheticAccount } from "../../lib/settings/synthetic-account.ts";
import type { Services } from "../../lib/account/services.ts";
import { createServices } from "../create-services.ts";
import { readCredentials } from "./credentials.ts";
import { syntheticSignIn } from "./synthetic-sign-in.ts";
import { visitorOf } from "./visitor.ts";

const { env } = process;
const services = createServices((given: Services) => given);
const { now, random, log } = services;

const secrets = new SecretsManagerClient(clientSettings);
const SecretId = setting(env, "SYNTHETIC_SIGN_IN_SECRET_ID");
const path = `/v1/accounts/${syntheticAccount.id}`;

const host = visitorOf({
  url: setting(env, "HOST_API_URL"),
  headers: (method, url, body) =>
    signRequest(
      { method, url, body },
      {
        accessKeyId: setting(env, "AWS_ACCESS_KEY_ID"),
        secretAccessKey: setting(env, "AWS_SECRET_ACCESS_KEY"),
        sessionToken: env["AWS_SESSION_TOKEN"],
      },
      setting(env, "AWS_REGION"),
      now(),
    ),
});

export const handler = syntheticSignIn({
  account: {
    async read() {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return readCredentials(SecretString ?? "");
    },
    async write(credentials) {
      const SecretString = JSON.stringify(credentials);
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    },
    newPassword: () => random(32).toString("base64url"),
    put: (password) => host.send("PUT", path, { email: syntheticAccount.email, password }),
    reset: () =>
      host.send("POST", `${path}/reset`, { reason: "The synthetic sign-in begins anew" }),
  },
  visitor: () => visitorOf({ url: setting(env, "BROWSER_API_URL") }),
  now,
  log,
});
