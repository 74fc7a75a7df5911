import type { Call } from "../metering/meter.ts";
import type { Counted } from "../metering/measure.ts";
import type { Usage } from "../bill/usage.ts";
import { figure, table, whole } from "./markdown.ts";

export type Row = { readonly counted: Counted; readonly usage: Usage };

const calls = ({ invocations }: Counted): Call[] => invocations.flatMap(({ calls: made }) => made);

export const pollRoute = "GET /v1/challenge";

/** How often the page polled the challenge. */
export const pollsOf = ({ invocations }: Counted): number =>
  invocations.filter(({ route }) => route === pollRoute).length;

/** The largest size of the account item. */
export const accountBytes = (counted: Counted): number =>
  Math.max(
    0,
    ...calls(counted)
      .filter(({ item }) => item === "account")
      .map(({ itemBytes }) => itemBytes),
  );

/** The write units of the account item. */
export const accountWriteUnits = (counted: Counted): number =>
  calls(counted)
    .filter(({ item }) => item === "account")
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);

const per = (numberOf: (row: Row) => number) => (row: Row) =>
  figure(numberOf(row) / row.counted.times);

/** The table of what one of each kind used, as the meter counted it. */
export const countedTable = (rows: readonly Row[]): string => {
  const lines: [string, (row: Row) => string][] = [
    ["HTTP requests", ({ usage }) => figure(usage.httpRequests)],
    ["– of them polls of the challenge", per(({ counted }) => pollsOf(counted))],
    ["Lambda invocations", ({ usage }) => figure(usage.lambdaRequests)],
    ["– ms billed in all", ({ usage }) => whole(usage.lambdaSeconds * 1000)],
    [
      "DynamoDB calls",
      per(({ counted }) => calls(counted).filter(({ to }) => to === "storage").length),
    ],
    ["– read units", ({ usage }) => figure(usage.readUnits)],
    ["– write units", ({ usage }) => figure(usage.writeUnits)],
    ["– bytes of the account", ({ counted }) => whole(accountBytes(counted))],
    ["SQS requests", ({ usage }) => figure(usage.queueRequests)],
    ["state transitions", ({ usage }) => figure(usage.transitions)],
    ["events", ({ usage }) => figure(usage.events)],
    ["KB of logs", ({ usage }) => figure(usage.logBytes / 1000)],
    ["KB sent to the internet", ({ usage }) => figure(usage.bytesOut / 1000)],
    ["calls to phones", ({ usage }) => figure(usage.calls)],
    ["SMS", ({ usage }) => figure(usage.sms)],
    ["Telegram messages, sent and edited", ({ usage }) => figure(usage.telegramMessages)],
  ];
  return table(
    ["one of each", ...rows.map(({ counted }) => counted.name)],
    lines.map(([name, cell]) => [name, ...rows.map(cell)]),
  );
};
