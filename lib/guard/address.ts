import { isIPv6 } from "node:net";

/**
 * What counts as one address. A household or a rented server has a whole IPv6 /64, so the lower half of an address does
 * not distinguish people. A mapped IPv4 address counts as the IPv4 address, in every notation
 * [RFC 4291 §2.2, §2.5.5.2].
 */
export const addressGroup = (ip: string): string => {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  const [high = 0, low = 0] = groups.slice(6);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return mapped
    ? [high >> 8, high & 255, low >> 8, low & 255].join(".")
    : `${groups
        .slice(0, 4)
        .map((group) => group.toString(16))
        .join(":")}::/64`;
};

/** The eight numbers of an IPv6 address. The URL parser reads every notation and writes only one. */
const groupsOf = (ip: string): number[] => {
  const plain = new URL(`http://[${ip.replace(/%.*$/, "")}]/`).hostname.slice(1, -1);
  const [head = "", tail] = plain.split("::");
  const numbers = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [before, after] = [numbers(head), numbers(tail ?? "")];
  const zeros = Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after];
};
