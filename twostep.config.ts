import type { Stacks } from "./infra/settings/stacks.ts";

/**
 * Your stacks by name, with their settings: `npx cdk deploy NAME` deploys one. `npm start` runs the first one on your
 * machine. docs/configuration.md tells of every setting.
 */
export const stacks: Stacks = {
  "Twostep-trial": {
    allowedOrigins: ["https://panel.example.com"],
    trial: true,
  },
};
