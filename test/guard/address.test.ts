import { expect, test } from "vitest";
import { addressGroup } from "../../lib/guard/address.ts";

test.each([
  ["an IPv4 address", "192.0.2.7", "192.0.2.7"],
  ["a mapped IPv4 address", "::ffff:192.0.2.7", "192.0.2.7"],
  ["a mapped IPv4 address in capitals", "::FFFF:192.0.2.7", "192.0.2.7"],
  ["something that is no address", "unknown", "unknown"],
])("%s counts as itself: %s", (_, ip, group) => {
  expect(addressGroup(ip)).toBe(group);
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:0000:0000:0000:0001", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::2:3:4:5:6", "2001:db8:0:2::/64"],
  ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
])("the IPv6 address %s counts as its network of 64 bits, %s", (ip, group) => {
  expect(addressGroup(ip)).toBe(group);
});

test("whoever has a network of 64 bits has one address, their neighbours have another", () => {
  const group = addressGroup("2001:db8:1:2::1");
  expect(addressGroup("2001:db8:1:2:dead:beef:dead:beef")).toBe(group);
  expect(addressGroup("2001:db8:1:3::1")).not.toBe(group);
  expect(addressGroup("2001:db8:2:2::1")).not.toBe(group);
});
