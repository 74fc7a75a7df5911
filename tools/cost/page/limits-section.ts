import { averageSignIn, habits, sizes, monthSeconds, type Usages } from "../bill/month.ts";
import { rateAt, type Quota } from "../bill/quota.ts";
import { quotas } from "../bill/quotas.ts";
import { sendCosts } from "../bill/sends.ts";
import type { Usage } from "../bill/usage.ts";
import type { Deployed } from "../deployed/deployed.ts";
import { rate, table, whole } from "./markdown.ts";

const usdOf = (of: Usage) => sendCosts(of, habits.country);

/**
 * Every limit that a column meets, with the rate of sign-ins that meets it. The limit that mixed sign-ins meet first
 * comes first.
 */
export const limitsTable = (usages: Usages, deployed: Deployed): string => {
  const { app, telegram, call, sms } = usages.signIns;
  const columns = [averageSignIn(usages), app, telegram, call, sms];
  return table(
    ["limit", "default", "lifted by", "mixed", "app", "Telegram", "call", "3 calls, then SMS"],
    inOrder(usages, deployed)
      .map(({ quota }) => ({
        quota,
        rates: columns.map((of) => rateAt(quota, of, usdOf(of))),
      }))
      .filter(({ rates }) => rates.some((each) => each < Infinity))
      .map(({ quota, rates }) => [quota.name, quota.limit, quota.lifted, ...rates.map(rate)]),
  );
};

/** The quotas in the order of the rate of mixed sign-ins that meets them. */
export const inOrder = (
  usages: Usages,
  deployed: Deployed,
): readonly { readonly quota: Quota; readonly perSecond: number }[] => {
  const mixed = averageSignIn(usages);
  return quotas(deployed)
    .map((quota) => ({ quota, perSecond: rateAt(quota, mixed, usdOf(mixed)) }))
    .sort((a, b) => a.perSecond - b.perSecond);
};

/** Lists the limits that the operator must lift for each number of people. */
export const toLiftList = (usages: Usages, deployed: Deployed): string =>
  sizes
    .map((people) => {
      const average = (people * habits.signInsPerPerson) / monthSeconds;
      // A limit on money counts over a day or a month; every other limit must hold at the busiest moment.
      const needed = ({ limit }: Quota) =>
        / a (day|month)$/.test(limit) ? average : average * habits.peak;
      const met = inOrder(usages, deployed).filter(
        ({ quota, perSecond }) => perSecond < needed(quota),
      );
      const names = met.map(({ quota }) => `${quota.name} (${quota.limit})`);
      return `- **${whole(people)} people**: ${names.length > 0 ? names.join("; ") : "nothing"}.`;
    })
    .join("\n");
