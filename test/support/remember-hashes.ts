import crypto, { type Argon2Parameters } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

// The service's tests hash and check the same few passwords thousands of times, mostly with fresh salts. argon2 takes
// about 30 ms of a core each time. This process computes it once for each password and each set of costs, and mixes the
// salt in afterwards, in no time: the same password with the same salt gives the same tag, and another password or another
// salt gives another. The hash's own tests run without this.

type Derive = typeof crypto.argon2;
type Done = Parameters<Derive>[2];

const { argon2, hkdfSync } = crypto;
const known = new Map<string, Promise<Buffer>>();

const remembering: Derive = (algorithm, { nonce, ...parameters }, done: Done) => {
  // The JSON of a Buffer contains its bytes.
  const key = JSON.stringify([algorithm, parameters]);
  const derived = known.get(key) ?? derive(algorithm, { nonce: Buffer.alloc(16), ...parameters });
  known.set(key, derived);
  derived.then(
    (tag) => done(null, mixed(tag, nonce)),
    (error: unknown) => done(error as Error, Buffer.alloc(0)),
  );
};

const derive = (...given: [Parameters<Derive>[0], Argon2Parameters]) =>
  new Promise<Buffer>((resolve, reject) =>
    argon2(...given, (error, tag) => (error ? reject(error) : resolve(tag))),
  );

/** @param salt is a Buffer, as the service gives it. */
const mixed = (tag: Buffer, salt: Argon2Parameters["nonce"]) =>
  Buffer.from(hkdfSync("sha256", tag, salt as Buffer, "", tag.length));

if (!("remembers" in argon2)) {
  Object.assign(crypto, { argon2: Object.assign(remembering, { remembers: true }) });
  syncBuiltinESMExports();
}
