/** A value of a series in one period; undefined where there is none. */
export type Value = number | undefined;

/** An expression of CloudWatch's metric math, ready to be computed for a period. */
export type Formula = (read: (id: string) => Value) => Value;

/**
 * Reads the part of metric math that the alarms use: numbers, ids, `+ - * /`, comparisons, `FILL` with a number, and
 * `IF`. Throws at anything else, so that no alarm is computed wrongly.
 *
 * A period without a value stays without one through every operation but `FILL`; a division by zero gives none [Amazon
 * CloudWatch User Guide, "Using math expressions with CloudWatch metrics"].
 */
export const readFormula = (text: string): Formula => {
  const tokens = [...text.matchAll(/\d+(?:\.\d+)?|[A-Za-z_]\w*|>=|<=|==|[-+*/(),<>]|\S/g)].map(
    ([token]) => token,
  );
  let at = 0;
  const next = () => tokens[at];
  const take = (expected?: string): string => {
    const token = tokens[at];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`Expected ${expected ?? "more"} at ${token ?? "the end"} of ${text}`);
    }
    at += 1;
    return token;
  };

  const binary =
    (signs: Readonly<Record<string, (a: number, b: number) => Value>>, inner: () => Formula) =>
    (): Formula => {
      let left = inner();
      for (let sign = signs[next() ?? ""]; sign; sign = signs[next() ?? ""]) {
        take();
        const [a, operate, b] = [left, sign, inner()];
        left = (read) => both(a(read), b(read), operate);
      }
      return left;
    };
  const atom = (): Formula => {
    const token = take();
    if (/^\d/.test(token)) return () => Number(token);
    if (token === "(") {
      const inner = expression();
      take(")");
      return inner;
    }
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`${token} in ${text}`);
    if (next() !== "(") return (read) => read(token);
    take("(");
    const given = [expression()];
    while (next() === ",") {
      take(",");
      given.push(expression());
    }
    take(")");
    return call(token, given, text);
  };
  const product = binary(
    { "*": (a, b) => a * b, "/": (a, b) => (b === 0 ? undefined : a / b) },
    atom,
  );
  const total = binary({ "+": (a, b) => a + b, "-": (a, b) => a - b }, product);
  const expression = binary(
    {
      ">=": (a, b) => Number(a >= b),
      "<=": (a, b) => Number(a <= b),
      "==": (a, b) => Number(a === b),
      ">": (a, b) => Number(a > b),
      "<": (a, b) => Number(a < b),
    },
    total,
  );
  const whole = expression();
  if (at < tokens.length) throw new Error(`${next() ?? ""} in ${text}`);
  return whole;
};

const both = (a: Value, b: Value, operate: (a: number, b: number) => Value): Value =>
  a === undefined || b === undefined ? undefined : operate(a, b);

const call = (name: string, given: readonly Formula[], text: string): Formula => {
  const [first, second, third, ...more] = given;
  if (name === "FILL" && first && second && !third) {
    return (read) => first(read) ?? second(read);
  }
  if (name === "IF" && first && second && third && more.length === 0) {
    return (read) => {
      const condition = first(read);
      if (condition === undefined) return undefined;
      return condition === 0 ? third(read) : second(read);
    };
  }
  throw new Error(`${name} with ${given.length} in ${text}`);
};
