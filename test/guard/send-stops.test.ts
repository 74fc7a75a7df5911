import { expect, test } from "vitest";
import { changeStops, dynamoSendStops, readStops } from "../../lib/runtime/dynamo-send-stops.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { onEveryTable } from "../support/every-table.ts";

onEveryTable((started) => {
  test("a stop of some countries is of those alone, of all of each; each is taken back by itself", async () => {
    const table = tableOf(started().client(), started().tableName);
    const stops = dynamoSendStops(table);
    const stopped = async () => [await stops.isStopped("UA"), await stops.isStopped("PL")];
    expect(await stopped()).toEqual([false, false]);
    expect(await changeStops(table, "resume", ["UA"])).toEqual(new Set());

    // From two people at once: neither loses the other's.
    await Promise.all([
      changeStops(table, "stop", ["UA", "KZ"]),
      changeStops(table, "stop", ["UA"]),
    ]);
    expect(await stopped()).toEqual([true, false]);
    await changeStops(table, "stop", ["all"]);
    expect(await stopped()).toEqual([true, true]);
    expect(await changeStops(table, "resume", ["all"])).toEqual(new Set(["UA", "KZ"]));
    expect(await stopped()).toEqual([true, false]);
    await changeStops(table, "resume", ["UA", "KZ"]);
    expect(await stopped()).toEqual([false, false]);
    expect(await readStops(table)).toEqual(new Set());
  });
});
