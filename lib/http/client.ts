import Bowser from "bowser";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Client } from "../account/activity.ts";

/** Where a request came from: the address that the gateway saw, and the browser in words. */
export const clientOf = (event: APIGatewayProxyEventV2): Client => ({
  ip: event.requestContext.http.sourceIp,
  device: deviceName(event.headers["user-agent"]),
});

/**
 * "Firefox on Windows". The header is the sender's own text, so what the parser makes of it is cut to letters and
 * digits before it is shown to anybody.
 */
export const deviceName = (userAgent: string | undefined): string => {
  if (!userAgent) return "Unknown device";
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  const [program, system] = [plain(browser.name), plain(os.name)];
  if (program && system) return `${program} on ${system}`;
  return program || system || "Unknown device";
};

const plain = (name: string | undefined) =>
  (name ?? "")
    .replace(/[^A-Za-z0-9 .-]/g, "")
    .trim()
    .slice(0, 30);
