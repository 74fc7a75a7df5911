import { createRequire } from "node:module";

// The process of one function, as Lambda has it: the bundle is loaded once, then each message is an event.

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const [bundle = ""] = process.argv.slice(2);
const { handler } = createRequire(import.meta.url)(bundle) as { handler: Handler };

// Functions of a deploy have longer.
const remainingMs = Number(process.env["TEST_REMAINING_MS"] ?? 10_000);

process.on("message", (event) => {
  const context = { getRemainingTimeInMillis: () => remainingMs, awsRequestId: "request" };
  handler(event, context).then(
    (result) => process.send?.({ result }),
    (fault: unknown) => process.send?.({ fault: String(fault) }),
  );
});
