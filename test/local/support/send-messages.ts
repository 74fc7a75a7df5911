// Run as a process of its own: sends messages into a queue until it is killed, and prints each one that was acknowledged.
import { openQueues } from "../../../local/aws/queue/queues.ts";
import { WORK } from "./work.ts";

const queues = openQueues({
  path: process.argv[2] ?? "",
  plans: [WORK],
  now: Date.now,
  timers: { at: () => () => undefined, stop: () => undefined },
});
for (let number = 0; ; number += 1) {
  queues.send(WORK, [{ body: String(number), delaySeconds: 0 }]);
  process.stdout.write(`${number}\n`);
  // Lets the output out.
  await new Promise((resolve) => setImmediate(resolve));
}
