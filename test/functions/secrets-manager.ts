import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll } from "vitest";

/** The value of this secret: one of its own, long enough. */
export const valueOf = (id: string): string =>
  id.endsWith("CARRIER_CREDENTIALS_SECRET_ID") ? "unset-by-the-operator" : id.padEnd(64, "-");

/**
 * A Secrets Manager that knows one request, GetSecretValue (JSON 1.1), and gives each secret a value of its own. It
 * remembers which were asked for, and ends with the test file.
 */
export const startSecretsManager = async (): Promise<{ endpoint: string; asked: Set<string> }> => {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    void json(request).then((input) => {
      const { SecretId: id } = input as { SecretId: string };
      asked.add(id);
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.end(JSON.stringify({ ARN: id, Name: id, SecretString: valueOf(id) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};
