/** The answer to an HTTP request. */
export type Answer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  cookies?: readonly string[];
  body?: string | Buffer;
};

/** An answer that the gateway makes by itself, in API Gateway's words. */
export function gatewayMessage(status: number, message: string): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  };
}

export const internalServerError = gatewayMessage(500, "Internal Server Error");
