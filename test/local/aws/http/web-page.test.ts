import { expect, test } from "vitest";
import { isFromWebPage } from "../../../../local/aws/http/web-page.ts";

test("no web page may use a fake, not even under a name that it made point here", () => {
  for (const host of ["127.0.0.1:4566", "172.17.0.1:4566", "host.docker.internal:4566"]) {
    expect(isFromWebPage({ host })).toBe(false);
    expect(isFromWebPage({ host, origin: "http://127.0.0.1:4000" })).toBe(true);
  }
  for (const host of [
    undefined,
    "",
    "localhost:4566",
    "evil.example:4566",
    "host.docker.internal.evil.example:4566",
  ])
    expect(isFromWebPage({ host })).toBe(true);
});
