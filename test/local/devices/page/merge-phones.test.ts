import { expect, test } from "vitest";
import { readKeptPhones, sharePhones } from "../../../../local/devices/page/state/kept-phones.ts";
import { mergePhones } from "../../../../local/devices/page/state/merge-phones.ts";
import { newPhone } from "../../../../local/devices/page/state/phone.ts";
import type { Phone } from "../../../../local/devices/page/state/phone.ts";

const aPhone = (id: string, about: Partial<Phone> = {}): Phone => ({
  ...newPhone([], { id: () => id, below: () => 1 }),
  ...about,
});
const anAccount = (name: string): Phone["accounts"][number] => ({
  issuer: "Twostep",
  name,
  secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  algorithm: "sha1",
  digits: 6,
  periodSeconds: 30,
});
const namesOn = (phones: readonly Phone[]) =>
  phones.map(({ id, accounts }) => [id, ...accounts.map(({ name }) => name)]);

/** The storage of one browser, with a page for each time that it is opened. */
function aBrowser(first: readonly Phone[]) {
  let kept: string | null = JSON.stringify(first);
  const storage = {
    getItem: () => kept,
    setItem: (_: string, value: string) => void (kept = value),
  };
  return {
    kept: () => readKeptPhones(storage),
    open: () => sharePhones(storage, readKeptPhones(storage)),
  };
}

test("what two pages add is there in the end, on one phone too", () => {
  const browser = aBrowser([aPhone("p", { accounts: [anAccount("a")] })]);
  const [one, other] = [browser.open(), browser.open()];
  one.keep([aPhone("p", { accounts: [anAccount("a"), anAccount("b")] }), aPhone("q")]);
  const both = other.keep([aPhone("p", { accounts: [anAccount("a"), anAccount("c")] })]);
  expect(namesOn(both)).toEqual([["p", "a", "b", "c"], ["q"]]);
  expect(browser.kept()).toEqual(both);
  // The first page hears of it, and has it too; hearing of it again changes nothing.
  const heard = one.keep([
    aPhone("p", { accounts: [anAccount("a"), anAccount("b")] }),
    aPhone("q"),
  ]);
  expect(heard).toEqual(both);
  expect(one.keep(heard)).toBe(heard);
});

test("what one page takes away does not come back by the other's next write", () => {
  const before = [aPhone("p", { accounts: [anAccount("a"), anAccount("b")] }), aPhone("q")];
  const browser = aBrowser(before);
  const [one, other] = [browser.open(), browser.open()];
  one.keep([aPhone("p", { accounts: [anAccount("b")] })]);
  const both = other.keep([...before, aPhone("r")]);
  expect(namesOn(both)).toEqual([["p", "b"], ["r"]]);
});

test("a phone that one page put away and the other changed is still there", () => {
  const before = [aPhone("p")];
  const changed = [aPhone("p", { accounts: [anAccount("a")] })];
  expect(mergePhones(before, [], changed)).toEqual(changed);
  expect(mergePhones(before, changed, [])).toEqual(changed);
  expect(mergePhones(before, [], before)).toEqual([]);
  expect(mergePhones(before, before, [])).toEqual([]);
});

test("each page's settings count where it changed them, and where both did, one of them", () => {
  const before = [aPhone("p", { owner: "Ann", number: "+380500000001" })];
  const mine = [aPhone("p", { owner: "Anna", number: "+380500000001" })];
  const theirs = [aPhone("p", { owner: "Ann", number: "+380500000002" })];
  expect(mergePhones(before, mine, theirs)).toMatchObject([
    { owner: "Anna", number: "+380500000002" },
  ]);
  expect(
    mergePhones(before, mine, [aPhone("p", { owner: "Hannah", number: "+380500000001" })]),
  ).toMatchObject([{ owner: "Anna" }]);
});
