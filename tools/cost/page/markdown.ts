export type Cell = string | number;

/** A table: the first column is text, the others are figures. */
export const table = (head: readonly Cell[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** A whole number with commas. */
export const whole = (value: number): string => grouped(value.toFixed(0));

/** A rounded figure: whole from ten up, else with `digits` digits after the point. */
export const figure = (value: number, digits = 1): string => {
  if (value === 0) return "–";
  return value >= 10 ? whole(value) : value.toFixed(digits).replace(/\.0+$/, "");
};

/** US dollars: cents below a hundred, whole ones above. */
export const dollars = (value: number): string => {
  if (value === 0) return "–";
  if (value < 0.005) return "< 0.01";
  return value < 100 ? value.toFixed(2) : whole(value);
};

export const percent = (share: number): string =>
  share > 0 && share < 0.005 ? "< 1 %" : `${(share * 100).toFixed(0)} %`;

const spans = [
  ["s", 1],
  ["min", 60],
  ["h", 3600],
  ["day", 86_400],
  ["month", 30 * 86_400],
] as const;

/** Shows a rate for the shortest span in which it is at least one. */
export const rate = (perSecond: number): string => {
  if (perSecond === Infinity) return "–";
  const [name, seconds] = spans.find(([, each]) => perSecond * each >= 1) ?? ["month", 30 * 86_400];
  return `${figure(perSecond * seconds)} / ${name}`;
};
