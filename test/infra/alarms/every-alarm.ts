import { Alarm } from "../rules/watched.ts";
import { settingsOf, synthesize } from "../synthesize.ts";

const { template } = synthesize();

/** The template's alarms, by the names that the code gives them without hyphens. */
export const everyAlarm: ReadonlyMap<string, Alarm> = new Map(
  Object.entries(settingsOf(template, "AWS::CloudWatch::Alarm")).map(([name, settings]) => [
    name.replace("OperationsAlarms", ""),
    Alarm.parse(settings),
  ]),
);

export const alarmNamed = (name: string): Alarm => {
  const alarm = everyAlarm.get(name.replaceAll("-", ""));
  if (!alarm) throw new Error(`There is no alarm ${name}.`);
  return alarm;
};
