import { Construct } from "constructs";
import type { FunctionName } from "../functions.ts";
import type { AccountsTable } from "./accounts-table.ts";
import type { Secrets } from "./secrets.ts";
import { ServiceFunction } from "./service-function.ts";
import type { ServiceFunctionProps } from "./service-function.ts";
import type { Settings } from "./settings.ts";

export type ServiceFunctionsProps = {
  bundleDirectory: string;
  settings: Settings;
  accounts: AccountsTable;
  secrets: Secrets;
};

/** From here a function has one whole vCPU. Hashing a password is pure computing: it costs the same and answers sooner. */
const wholeProcessorMb = 1769;

/** Which function exists, with what it knows and may do. */
export class ServiceFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, ServiceFunction>>;

  constructor(scope: Construct, id: string, props: ServiceFunctionsProps) {
    super(scope, id);
    const { accounts, secrets, settings, bundleDirectory } = props;
    const make = (
      name: FunctionName,
      own: Partial<Omit<ServiceFunctionProps, "bundleDirectory">> = {},
    ) =>
      new ServiceFunction(this, name, {
        access: [],
        ...own,
        bundleDirectory,
        environment: { ALLOWED_ORIGINS: settings.allowedOriginsText, ...own.environment },
      });

    this.byName = {
      "sign-in": make("sign-in", {
        memorySizeMb: wholeProcessorMb,
        access: [
          accounts.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
          secrets.allowLookupKey(),
        ],
      }),
      challenge: make("challenge", {
        access: [
          accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
          secrets.allowTotpKey(),
          secrets.allowRecoveryKey(),
        ],
      }),
      totp: make("totp", {
        environment: { SERVICE_NAME: settings.serviceName },
        access: [
          accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
          secrets.allowTotpKey(),
        ],
      }),
      "recovery-codes": make("recovery-codes", {
        access: [
          accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
          secrets.allowRecoveryKey(),
        ],
      }),
      sessions: make("sessions", {
        memorySizeMb: wholeProcessorMb,
        access: [
          accounts.allow("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
          secrets.allowLookupKey(),
        ],
      }),
      security: make("security", {
        access: [accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem")],
      }),
      accounts: make("accounts", {
        memorySizeMb: wholeProcessorMb,
        environment: { SIGN_IN_URL: settings.signInUrl },
        access: [
          accounts.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
          secrets.allowLookupKey(),
        ],
      }),
      time: make("time"),
      "not-found": make("not-found"),
    };
  }
}
