import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

// The service's tests check the same few passwords thousands of times. argon2 gives the same result for the same input
// and takes about 30 ms of a core each time, so this process computes each hash once. The hash's own tests run without
// this.

type Derive = typeof crypto.argon2;
type Done = Parameters<Derive>[2];

const { argon2 } = crypto;
const known = new Map<string, Promise<Buffer>>();

const remembering: Derive = (algorithm, parameters, done: Done) => {
  // The JSON of a Buffer contains its bytes.
  const key = JSON.stringify([algorithm, parameters]);
  const derived =
    known.get(key) ??
    new Promise<Buffer>((resolve, reject) =>
      argon2(algorithm, parameters, (error, tag) => (error ? reject(error) : resolve(tag))),
    );
  known.set(key, derived);
  derived.then(
    (tag) => done(null, Buffer.from(tag)),
    (error: unknown) => done(error as Error, Buffer.alloc(0)),
  );
};

if (!("remembers" in argon2)) {
  Object.assign(crypto, { argon2: Object.assign(remembering, { remembers: true }) });
  syncBuiltinESMExports();
}
