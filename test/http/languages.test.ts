import { expect, test } from "vitest";
import { signedIn } from "../support/service-people.ts";
import { oneInstance } from "../support/service-instances.ts";
import { startService } from "../support/service.ts";

const service = await startService(undefined, () => [{ ...oneInstance, languages: ["uk", "en"] }]);

const localeOf = async (id: string, given: { readonly locale?: string }) => {
  const person = { id, email: `${id}@example.com`, password: "correct-horse-battery" };
  const { email, password } = person;
  const put = await service.host.put(`/v1/accounts/${id}`, { email, password, ...given });
  expect(put.status).toBe(201);
  const { body } = await (await signedIn(service, person)).get("/v1/session");
  return (body as { account: { locale: string } }).account.locale;
};

test("an account for which the host names no language has the first one on offer", async () => {
  expect(await localeOf("ann", {})).toBe("uk");
});

test("a language that is not on offer is kept as the host named it: it may be offered later", async () => {
  expect(await localeOf("bob", { locale: "ru" })).toBe("ru");
});

test("one that nobody has words for is refused", async () => {
  const named = { email: "eve@example.com", locale: "de" };
  expect((await service.host.put("/v1/accounts/eve", named)).code).toBe("invalid_request");
});
