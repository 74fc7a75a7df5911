import { expect, test } from "vitest";
import { priceTable } from "../../lib/phone/price-table.ts";
import { priceOf } from "../../lib/phone/prices.ts";

const table = {
  countries: { UA: { call: 1, sms: 2 } },
  others: { call: 30, sms: 40 },
};

test("a country has its own prices, or those of the others", () => {
  expect(priceOf("UA", "call", table)).toBe(1);
  expect(priceOf("UA", "sms", table)).toBe(2);
  expect(priceOf("NU", "call", table)).toBe(30);
  expect(priceOf("NU", "sms", table)).toBe(40);
});

test.each(["", "__proto__", "constructor", "ua"])("%j is no row", (country) => {
  expect(priceOf(country, "sms", table)).toBe(40);
});

test("every price of the table is a whole number of micro-dollars above nothing, by a country's two letters", () => {
  for (const [country, prices] of Object.entries(priceTable.countries)) {
    expect(country).toMatch(/^[A-Z]{2}$/);
    for (const price of Object.values(prices)) expect(price).toSatisfy(isPrice);
  }
  for (const price of Object.values(priceTable.others)) expect(price).toSatisfy(isPrice);
});

const isPrice = (price: number) => Number.isSafeInteger(price) && price > 0;

test("an unknown country costs at least what the dearest known one does", () => {
  for (const { call, sms } of Object.values(priceTable.countries)) {
    expect(priceOf("ZZ", "call")).toBeGreaterThanOrEqual(call);
    expect(priceOf("ZZ", "sms")).toBeGreaterThanOrEqual(sms);
  }
});
