import { people, taskTokenCharacters, times } from "../assumptions.ts";
import { habits } from "../bill/month.ts";
import { monthlyPrices, prices, pricesAsOf, type Price } from "../bill/prices.ts";
import { signIns, type SignIn } from "../metering/journeys.ts";
import { percent, table } from "./markdown.ts";

const priced = (of: Readonly<Record<string, Price>>, more = "") =>
  Object.values(of).map(({ usd, per, unit }) => [
    `${unit}${more}`,
    String(usd),
    per === 1 ? "1" : per.toLocaleString("en-GB"),
  ]);

export const priceRows = (): string =>
  table(
    [`${pricesAsOf.region}, ${pricesAsOf.date}`, "US dollars", "for"],
    [...priced(prices), ...priced(monthlyPrices, ", a month")],
  );

export const timeRows = (): string =>
  table(
    ["assumed", "ms"],
    [
      ["own work of an invocation, on a whole processor", times.ownMs],
      ["argon2id, on a whole processor (measured)", times.passwordHashMs],
      ["a round trip to DynamoDB", times.storageMs],
      ["a round trip to SQS, Step Functions, EventBridge or SNS", times.awsMs],
      ["a round trip to Telegram or a carrier", times.outsideMs],
      [`loading a function, ${percent(times.coldStartShare)} of invocations`, times.coldStartMs],
    ],
  );

export const habitRows = (): string =>
  table(
    ["of all sign-ins", "share"],
    (Object.keys(habits.shares) as SignIn[]).map((key) => [
      signIns[key].name,
      percent(habits.shares[key]),
    ]),
  );

/** Says in a sentence what people do while they sign in. */
export const behaviour = (): string =>
  `A code of an app is typed ${people.appCodeAfterSeconds} s after it is asked for, Telegram is tapped after ` +
  `${people.tapAfterSeconds} s, the code of a call or an SMS is typed after ${people.phoneCodeAfterSeconds} s, a ` +
  `recovery code after ${people.recoveryCodeAfterSeconds} s; calls that do not arrive are asked for again as soon as ` +
  `they may be. While a call is waited for, the account holds a task token of ${taskTokenCharacters} characters.`;
