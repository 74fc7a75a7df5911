import type { ShownPerson, World } from "../../world/world.ts";
import { languages, newPhone } from "../state/phone.ts";
import type { Phone, PhoneLanguage, Randomness } from "../state/phone.ts";
import { withPhone } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { controls } from "./controls.ts";

const ADOPTED = 3;

/**
 * Makes phones for a browser that has none: one for each of the newest people on the stack, or, if there are no people,
 * one for a new person.
 */
export function firstPhones({ telegram }: World, randomness: Randomness): Phone[] {
  const people = telegram.kind === "fake" ? telegram.people.slice(-ADOPTED) : [];
  if (people.length === 0) return [newPhone([], randomness)];
  return people.map((person) => ({ ...newPhone([], randomness), ...ownerOf(person) }));
}

function ownerOf({ userId, name, language }: ShownPerson): Partial<Phone> {
  const isOurs = (tag: string | null): tag is PhoneLanguage => tag !== null && tag in languages;
  return { userId, owner: name, ...(isOurs(language) ? { language } : {}) };
}

export type OwnerSync = {
  /** Makes an owner for each phone that has none, one after the other, and never two for one phone. */
  sync: () => Promise<void>;
  /** Forgets the owners that were made: the stack was away, and may have been emptied. */
  forget: () => void;
};

/** A new phone needs an owner. After the stack was emptied, all phones need one. */
export function createOwnerSync({ get, update }: Store): OwnerSync {
  // The stack tells of a new person only a moment after it has made them.
  const made = new Set<number>();
  let syncing = false;

  const ownerless = (): Phone | undefined => {
    const { world, phones } = get();
    if (world?.telegram.kind !== "fake") return undefined;
    const known = new Set([...made, ...world.telegram.people.map(({ userId }) => userId)]);
    return phones.find(({ userId }) => userId === null || !known.has(userId));
  };
  return {
    sync: async () => {
      if (syncing) return;
      syncing = true;
      try {
        for (let phone = ownerless(); phone; phone = ownerless()) {
          const { id, owner, language } = phone;
          const userId = await controls.addUser(owner, language);
          made.add(userId);
          update((state) => withPhone(state, id, { userId }));
        }
      } catch {
        // The stack is gone. When it is back, it tells of a change, and the page syncs the owners again.
      } finally {
        syncing = false;
      }
    },
    forget: () => made.clear(),
  };
}
