import { readFileSync } from "node:fs";
import { expect } from "vitest";
import * as z from "zod";
import { settingsOf, settingsOfOnly } from "../synthesize.ts";
import type { Rules } from "./rule.ts";
import { Alarm, metricsOf } from "./watched.ts";

const Board = z.object({
  widgets: z.array(
    z.object({
      type: z.string(),
      properties: z.object({
        title: z.string(),
        alarms: z.array(z.string()).default([]),
        metrics: z.array(z.array(z.unknown())).default([]),
      }),
    }),
  ),
});

/** What somebody looks at who was woken, in this order. */
const graphs = [
  "Alarms",
  "Second steps by end and method",
  "Time to the second factor, seconds (p50, p90)",
  "Passwords and wrong codes",
  "Share that fails: prompts, calls, SMS",
  "Share that fails: sign-ins by step, the store",
  "Synthetic sign-in: share that fails, seconds",
  "Share that fails: event bus, secrets; requests",
  "Calls and SMS by carrier and outcome",
  "Sign-ins completed by phone, % of those who requested a call",
  "Cost of sends, USD; budgets spent",
  "Telegram: prompts, wait in seconds, jobs waiting, dead letters",
  "Fallback: executions",
  "Faults and throttles",
  "Calls and SMS of a day, USD",
];

/** What `lib/log/measure.ts` names, each with its dimensions. */
const measures = new Map(
  readFileSync(new URL("../../../lib/log/measure.ts", import.meta.url), "utf8")
    .split(/readonly name: (?=")/)
    .slice(1)
    .map((text): [string, string] => {
      const name = /^"(\w+)"/.exec(text)?.[1] ?? "";
      const dimensions = text.slice(text.indexOf("dimensions: ")).split("}")[0] ?? "";
      const names = [...dimensions.matchAll(/readonly (\w+):/g)].map(([, each]) => each ?? "");
      return [name, names.sort().join()];
    }),
);

/** Every metric of ours that a text of a template asks for, as `Name dimension,dimension`. */
const searched = (text: string): string[] =>
  [...text.matchAll(/SEARCH\('\{"Twostep",service,([\w,]+)\} MetricName="(\w+)"/g)].map(
    ([, dimensions = "", name = ""]) => `${name} ${dimensions.split(",").sort().join()}`,
  );

const plotted = ([namespace, name, ...rest]: readonly unknown[]): string[] => {
  if (namespace !== "Twostep" || typeof name !== "string") return [];
  const names = rest.filter((each, n) => n % 2 === 0 && typeof each === "string");
  return [
    `${name} ${names
      .filter((each) => each !== "service")
      .sort()
      .join()}`,
  ];
};

export const dashboardRules: Rules = ({ template }, rule) => {
  const { DashboardBody: text } = settingsOfOnly(template, "AWS::CloudWatch::Dashboard");
  const { widgets } = Board.parse(JSON.parse(z.string().parse(text)));
  const alarms = settingsOf(template, "AWS::CloudWatch::Alarm");

  rule("the dashboard shows these graphs, and every alarm", () => {
    expect(widgets.map(({ properties }) => properties.title)).toEqual(graphs);
    expect(widgets[0]?.properties.alarms).toEqual(
      Object.keys(alarms).map((name) => `\${${name}.Arn}`),
    );
  });

  rule("graphs and alarms ask for measures by the very dimensions that functions give them", () => {
    const asked = [
      ...searched(JSON.stringify(widgets).replaceAll('\\"', '"')),
      ...widgets.flatMap(({ properties }) => properties.metrics.flatMap(plotted)),
      ...Object.values(alarms).flatMap((one) => ofAlarm(Alarm.parse(one))),
    ];
    const known = [...measures].map(([name, dimensions]) => `${name} ${dimensions}`);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((each) => !known.includes(each))).toEqual([]);
    // Nothing is measured for nobody; who opens a challenge is counted for whoever wants to know.
    const unasked = known.filter((each) => !asked.includes(each));
    expect(unasked).toEqual(["ChallengeOpened purpose"]);
  });
};

const ofAlarm = (alarm: Alarm): string[] =>
  metricsOf(alarm).flatMap(({ Namespace, MetricName, Dimensions }) =>
    plotted([Namespace, MetricName, ...Dimensions.flatMap(({ Name, Value }) => [Name, Value])]),
  );
