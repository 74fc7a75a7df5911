import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** The bytes of an answer in HTTP/1.1: status line, headers, cookies and body. */
export const answerBytes = ({
  headers = {},
  cookies = [],
  body = "",
}: APIGatewayProxyStructuredResultV2): number => {
  const lines = [
    "HTTP/1.1 200 OK",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`),
    ...cookies.map((cookie) => `set-cookie: ${cookie}`),
    // The gateway adds these headers.
    "date: Tue, 24 Nov 2026 10:00:00 GMT",
    "apigw-requestid: Bn2pPgY8FiAEPsA=",
    `content-length: ${body.length}`,
  ];
  return Buffer.byteLength(lines.map((line) => `${line}\r\n`).join("") + `\r\n${body}`);
};
