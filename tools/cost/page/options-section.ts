import { sizes } from "../bill/month.ts";
import type { Option } from "../deployed/read-deployed.ts";
import type { Deployed } from "../deployed/deployed.ts";
import { dollars, table, whole } from "./markdown.ts";
import { monthCosts, type Month } from "./month-section.ts";

/** What each option adds to AWS's bill of a month, for each number of people. */
export const optionsTable = (
  month: Month,
  deployedWith: Readonly<Record<Option, Deployed>>,
): string =>
  table(
    ["US dollars a month more, for so many people", ...sizes.map(whole)],
    (Object.keys(deployedWith) as Option[]).map((option) => [
      `\`${option}\``,
      ...sizes.map((people) => dollars(addedBy(deployedWith[option], people, month))),
    ]),
  );

/** How much more a month costs AWS with other templates than with those of `month`. */
export const addedBy = (deployed: Deployed, people: number, month: Month): number =>
  monthCosts(people, { ...month, deployed }).awsTotal - monthCosts(people, month).awsTotal;
