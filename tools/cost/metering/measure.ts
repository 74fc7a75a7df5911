import type { Definition } from "../../../local/aws/states-language/definition.ts";
import type { Browser } from "../../../test/support/service-browser.ts";
import { signIns, type Journey, type SignIn } from "./journeys.ts";
import type { Invocation } from "./meter.ts";
import { startMeteredService, type MeteredService } from "./metered-service.ts";
import { otherRequests, type OtherRequest, type Requests } from "./other-requests.ts";
import { newPerson, type Person } from "./people.ts";

/** The counts of something that ran `times` times. */
export type Counted = {
  readonly name: string;
  readonly times: number;
  readonly invocations: readonly Invocation[];
  readonly transitions: number;
};

export type Counts = {
  readonly signIns: Readonly<Record<SignIn, Counted>>;
  readonly others: Readonly<Record<OtherRequest, Counted>>;
};

const daySeconds = 86_400;
/** Longer than the life of a challenge and of a fallback, so that the work at their end is done too. */
const endSeconds = 900;

/**
 * Counts each way to sign in and each other request. The person signs in once before a counted run, so that the account
 * is as it usually is.
 */
export const measure = async (fallback: Definition): Promise<Counts> => {
  const service = await startMeteredService(fallback);
  try {
    return {
      signIns: await eachOf(signIns, (journey, key) => measureSignIn(service, journey, key)),
      others: await eachOf(otherRequests, (requests, key) =>
        measureRequests(service, requests, key),
      ),
    };
  } finally {
    await service.stop();
  }
};

const eachOf = async <Key extends string, Of, Made>(
  all: Readonly<Record<Key, Of>>,
  make: (of: Of, key: Key) => Promise<Made>,
): Promise<Record<Key, Made>> => {
  const made: [string, Made][] = [];
  for (const key of Object.keys(all) as Key[]) made.push([key, await make(all[key], key)]);
  return Object.fromEntries(made) as Record<Key, Made>;
};

const measureSignIn = async (service: MeteredService, journey: Journey, key: string) => {
  const person = await newPerson(service, key, journey.who);
  await service.advance(daySeconds);
  await journey.go(service, person);
  await service.advance(daySeconds);
  return counted(service, { ...journey, times: 1 }, () => journey.go(service, person));
};

const measureRequests = async (service: MeteredService, requests: Requests, key: string) => {
  const person = await newPerson(service, key, requests.who);
  const browser = await signedIn(service, person);
  const { name, times } = requests;
  return counted(service, { name, times }, () => requests.go(service, browser, person));
};

const signedIn = async (service: MeteredService, person: Person): Promise<Browser> => {
  await service.advance(daySeconds);
  return signIns.app.go(service, person);
};

const counted = async (
  service: MeteredService,
  { name, times }: Pick<Counted, "name" | "times">,
  work: () => Promise<unknown>,
): Promise<Counted> => {
  await service.advance(endSeconds);
  service.meter.take();
  service.fallback.takeTransitions();
  await work();
  await service.settled();
  await service.advance(endSeconds);
  return {
    name,
    times,
    invocations: service.meter.take(),
    transitions: service.fallback.takeTransitions(),
  };
};
