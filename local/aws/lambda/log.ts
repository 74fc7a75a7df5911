import { parseJson } from "../data/parse-json.ts";

type LogLine = Readonly<Record<string, unknown>>;

/** The newest log lines of the functions, numbered from 1. */
export type Log = {
  add: (line: LogLine) => void;
  /** Takes a function's raw output and keeps its lines. */
  collect: (functionName: string) => (text: string) => void;
  /** Returns the lines with a number greater than `after`, and the number from which to go on. */
  since: (after: number) => { lines: LogLine[]; next: number };
};

const MAX_LINES = 10_000;

export type LogOptions = {
  /** A secret that the log must not show, whatever a function prints. */
  hidden?: string | undefined;
};

/** A log in memory that forgets its oldest lines beyond ten thousand. */
export function createLog({ hidden }: LogOptions = {}): Log {
  const lines: LogLine[] = [];
  let count = 0;

  const add = (line: LogLine): void => {
    lines.push(hidden === undefined ? line : hide(line, hidden));
    count += 1;
    if (lines.length > MAX_LINES) lines.shift();
  };

  return {
    add,
    collect: (functionName) => {
      let rest = "";
      return (text) => {
        const parts = (rest + text).split("\n");
        rest = parts.pop() ?? "";
        for (const part of parts) if (part.trim() !== "") add(parseLine(part, functionName));
      };
    },
    since: (after) => {
      const forgotten = count - lines.length;
      return { lines: lines.slice(Math.max(0, after - forgotten)), next: count };
    },
  };
}

function hide(line: LogLine, hidden: string): LogLine {
  return JSON.parse(JSON.stringify(line).replaceAll(hidden, "…")) as LogLine;
}

/** A line that is not a JSON object becomes the message of one. */
function parseLine(text: string, functionName: string): LogLine {
  const parsed = parseJson(text);
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
    ? (parsed as LogLine)
    : { function_name: functionName, message: text };
}
