import type { ShownPerson, World } from "../../world/world.ts";
import { languages, newPhone } from "../state/phone.ts";
import type { Phone, PhoneLanguage, Randomness } from "../state/phone.ts";
import { withPhone } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { controls } from "./controls.ts";

const ADOPTED = 3;

/**
 * Phones for a browser that has none: for the people who are on the stack already, the newest of them, or else one for
 * somebody new.
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
  /** Makes owners for the phones that have none, one after the other and never one twice. */
  sync: () => Promise<void>;
  /** The stack was away: whom it knows must be read anew. */
  forget: () => void;
};

/** Phones need an owner when they are new, and all of them after the stack was emptied. */
export function createOwnerSync({ get, update }: Store): OwnerSync {
  // The stack tells of somebody a moment after they were made.
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
        // The stack is gone; when it is back, it tells of a change, and they are synced again.
      } finally {
        syncing = false;
      }
    },
    forget: () => made.clear(),
  };
}
