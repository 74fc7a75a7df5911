import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Outcome } from "../../web/client/outcome.ts";
import { headingOf, isCurrent, viewOf } from "../../web/pages/location.ts";
import { pageOf } from "../../web/pages/page.ts";
import { texts } from "../../web/pages/texts.ts";

const folder = new URL("../../web/pages/", import.meta.url);
const html = readFileSync(new URL("index.html", folder), "utf8");

test("every text of the page is in every language, and the page itself says the English one", () => {
  const places = [...html.matchAll(/data-text="(\w+)"[^>]*>([^<]*)</g)];
  expect(places.length).toBeGreaterThan(15);
  for (const [, key = "", written = ""] of places)
    expect(written.trim()).toBe({ ...texts.en }[key as keyof typeof texts.en]);
  for (const [, key] of html.matchAll(/data-label="(\w+)"/g))
    expect(texts.en).toHaveProperty([key ?? ""]);
  for (const each of Object.values(texts)) {
    expect(Object.keys(each)).toEqual(Object.keys(texts.en));
    expect(Object.values(each).filter((text) => text.trim() === "")).toEqual([]);
  }
});

test("nothing in the page needs more than the strict policy allows", () => {
  expect(html).not.toMatch(
    /<style|style=|<script(?![^>]*src=)|\son\w+=|https?:\/\/(?!www\.w3\.org)/,
  );
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".ts")))
    expect(readFileSync(new URL(name, folder), "utf8")).not.toMatch(/innerHTML|eval\(|\.style\b/);
});

test("the panel takes the elements' own colours, so that they stay one thing", () => {
  const tokens = readFileSync(new URL("../style/tokens.ts", folder), "utf8");
  const css = readFileSync(new URL("panel.css", folder), "utf8");
  for (const [, name = "", value = ""] of css.matchAll(
    /(--twostep-[\w-]+): ((?:light-dark|system-ui).*);/g,
  ))
    expect(tokens).toContain(`var(${name}, ${value})`);
});

const session = {
  account: { id: "a", email: "ann@example.com", locale: "en" },
  session: {
    id: "s",
    createdAt: "2026-01-01T00:00:00.000Z",
    authenticatedAt: "2026-01-01T00:00:00.000Z",
    method: "password",
  },
};
const signedIn = { kind: "done", value: session } as Outcome<"readSession">;

test.each([
  ["a session", signedIn, "", "signed_in"],
  ["no session", { kind: "unauthenticated" } as const, "", "signed_out"],
  ["no answer", { kind: "unreachable" } as const, "", "unreachable"],
  ["a service that is down", { kind: "unavailable", retryAfter: 5 } as const, "", "unreachable"],
  ["a host's challenge, whoever is signed in", signedIn, "#challenge=abc", "signed_out"],
  ["a host's session, whoever is signed in", signedIn, "#session=abc", "signed_out"],
])("%s shows the page of it", (_, outcome, fragment, kind) => {
  expect(pageOf(outcome, fragment).kind).toBe(kind);
});

test("an address leads to its part, and any other to Security", () => {
  expect(["", "?at=profile", "?at=billing", "?at=<script>"].map(viewOf)).toEqual([
    "security",
    "profile",
    "billing",
    "security",
  ]);
  expect([headingOf("profile"), headingOf("sites")]).toEqual(["personal", "sites"]);
});

test("the section of a tab is marked along with it", () => {
  const marked = (search: string, section: string) => isCurrent({ search, section }, "profile");
  expect(marked("?at=security", "personal")).toBe(true);
  expect(marked("?at=profile", "")).toBe(true);
  expect(marked("?at=security", "")).toBe(false);
  expect(marked("?at=sites", "")).toBe(false);
});
