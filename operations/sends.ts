import { parseArgs } from "node:util";
import { changeStops, readStops } from "../lib/runtime/dynamo-send-stops.ts";
import { everywhere } from "../lib/guard/send-stops.ts";
import { tableNamed } from "./outside.ts";
import { runCommand } from "./run-command.ts";

const usage = `Usage: npm run sends -- --table NAME [--stop PLACES | --resume PLACES]

  --table NAME     the table, as the stack's outputs name it
  --stop PLACES    from the next one on no call and no SMS goes to numbers of UA,PL, or to none at all: ${everywhere}
  --resume PLACES  takes back what was stopped, each place by itself

Without either it only says what is stopped. docs/runbooks/spend.md says when.`;

type Options = {
  readonly table: string;
  readonly change: "stop" | "resume";
  /** Empty: nothing is changed. */
  readonly places: readonly string[];
};

function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { table: text, stop: text, resume: text } });
  const { table, stop, resume } = values;
  if (table === undefined) throw new Error("--table is needed.");
  if (stop !== undefined && resume !== undefined) throw new Error("Either --stop or --resume.");
  const change = stop === undefined ? "resume" : "stop";
  return { table, change, places: placesOf(stop ?? resume) };
}

/** Reads the list of places. Throws for one that is not a country's code: it would stop nothing, without a word. */
function placesOf(text: string | undefined): readonly string[] {
  const places = text?.split(",") ?? [];
  const wrong = places.find((place) => place !== everywhere && !/^[A-Z]{2}$/.test(place));
  if (wrong !== undefined)
    throw new Error(`${wrong} is neither a country's code nor ${everywhere}.`);
  return places;
}

async function run({ table: name, change, places }: Options): Promise<number> {
  const table = tableNamed(name);
  const stopped =
    places.length > 0 ? await changeStops(table, change, places) : await readStops(table);
  console.log(
    stopped.size === 0
      ? "Nothing is stopped."
      : stopped.has(everywhere)
        ? "All calls and SMS are stopped."
        : `Calls and SMS are stopped to numbers of: ${[...stopped].sort().join(", ")}.`,
  );
  return 0;
}

await runCommand({ usage, read: readOptions, run });
