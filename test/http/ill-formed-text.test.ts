import { expect, test } from "vitest";
import { newPerson, signedIn, signIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

// Each half of a pair would be hashed as U+FFFD, so that different passwords were one.
test("a password with half a surrogate pair is never set or tried", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const set = await browser.put("/v1/password", { password: "password\ud800x" });
  expect(set.code).toBe("invalid_json");
  const other = { ...person, password: "password\udfffx" };
  expect((await signIn(other, service.browser())).code).toBe("invalid_json");
});

test("a body that is not UTF-8 is not JSON", async () => {
  const { email } = await newPerson(service);
  const body = Buffer.concat([
    Buffer.from(`{"email":"${email}","password":"password`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ]);
  const sending = { body: body.toString("base64"), base64: true };
  const reply = await service.browser().send("POST", "/v1/sign-in", sending);
  expect(reply.code).toBe("invalid_json");
});
