import { ChildProcess } from "node:child_process";
import { Server } from "node:net";

// The domain's tests are quick because they only call functions. A database, a stack or a browser would listen on a
// port or start as a process. A test that needs one belongs to another project of vitest.config.ts.
const refuse = (): never => {
  throw new Error("A domain test starts no server and no process: see vitest.config.ts.");
};
Server.prototype.listen = refuse;
Object.assign(ChildProcess.prototype, { spawn: refuse });
