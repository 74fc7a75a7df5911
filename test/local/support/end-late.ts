// Run as a process of its own: ends on a signal, but what it must stop first never stops.
import { endOnSignal } from "../../../local/end-process.ts";

endOnSignal(() => new Promise(() => undefined), 200);
setInterval(() => undefined, 1000);
console.log("http://127.0.0.1:1 stands for a stack that is ready");
