import { people, taskTokenCharacters, times } from "../assumptions.ts";
import { habits } from "../bill/month.ts";
import { monthlyPrices, optionPrices, prices, pricesAsOf, type Price } from "../bill/prices.ts";
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
    [...priced(prices), ...priced(optionPrices), ...priced(monthlyPrices, ", a month")],
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
  `People type the code of an app ${people.appCodeAfterSeconds} s after the page asks for it. They tap in Telegram after ` +
  `${people.tapAfterSeconds} s. They type the code of a call or an SMS after ${people.phoneCodeAfterSeconds} s, and a ` +
  `recovery code after ${people.recoveryCodeAfterSeconds} s. If a call does not arrive, they ask for the next one as soon ` +
  `as the service allows it. While a fallback waits, the account holds a task token of ${taskTokenCharacters} characters.`;
