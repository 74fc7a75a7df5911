import { EventEmitter } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

/** How a client gives its requests to a server, in place of signing them and sending them through a socket. */
export type Straight = Required<Pick<DynamoDBClientConfig, "requestHandler" | "signer">>;

/** The parts of the client's requests that dynalite reads. */
type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/**
 * Gives each request to dynalite in this process. Sockets and signatures take more of a core than dynalite itself, and
 * dynalite does not check signatures. Everything else of the client stays: it builds, retries and reads as always.
 */
export const straightTo = (dynalite: Server): Straight => ({
  requestHandler: {
    handle: async (request: Request) => ({ response: await answer(dynalite, request) }),
  },
  signer: { sign: (request) => Promise.resolve(request) },
});

const answer = (dynalite: Server, { method, path, headers, body }: Request) =>
  new Promise((resolve) => {
    const request = Object.assign(new EventEmitter(), {
      method,
      url: path,
      headers: { ...headers, ...unchecked },
    });
    const answered: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        answered[name.toLowerCase()] = String(value);
      },
      end(text: string) {
        resolve({ statusCode: this.statusCode, headers: answered, body: Buffer.from(text) });
      },
    };
    // dynalite uses no other parts of a request and of an answer.
    dynalite.emit(
      "request",
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse,
    );
    // As through a socket, requests that are sent together all arrive before the first is answered.
    setImmediate(() => {
      request.emit("data", Buffer.from(body.buffer, body.byteOffset, body.byteLength));
      request.emit("end");
    });
  });

/** dynalite wants these headers and does not check what they say. */
const unchecked = {
  authorization: "AWS4-HMAC-SHA256 Credential=none, SignedHeaders=none, Signature=none",
  "x-amz-date": "20261124T100000Z",
};
