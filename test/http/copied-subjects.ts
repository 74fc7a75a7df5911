import { worldsIn } from "../support/service-worlds.ts";
import type { Service } from "../support/service.ts";
import { newSubject, type Subject } from "./valid-requests.ts";

export type CopiedSubjects = {
  /** Runs the work with a subject that no other work has. The work sees only what belongs to this subject. */
  withOne<T>(work: (subject: Subject) => Promise<T>): Promise<T>;
};

/**
 * Makes one subject by real requests, about thirty of them, and copies what the storage holds of it for each work. Call
 * this function outside tests, and let the clock stand between two works: no copy is younger than the first.
 */
export const copiedSubjects = async (service: Service): Promise<CopiedSubjects> => {
  const worlds = worldsIn(service.storage);
  const made = await worlds.run("original", () => newSubject(service));
  const items = await worlds.read("original");
  let copies = 0;
  return {
    async withOne(work) {
      copies += 1;
      const world = `copy-${copies}`;
      await worlds.copy(items, world);
      const session = made.session.copy();
      const [other, challenge] = [made.other.copy(), made.challenge.copy()];
      return worlds.run(world, () => work({ ...made, session, other, challenge }));
    },
  };
};
