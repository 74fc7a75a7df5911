import type { Measure } from "./measure.ts";

/** Takes structured lines. Fields are ids, kinds and numbers: never a secret, code, token, mail or phone number. */
export type Log = {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  measure(measure: Measure): void;
};

export type LogFields = Record<string, string | number | boolean | string[] | undefined>;

/**
 * What the log may say of a fault: its kind and where it came from. It leaves out the message, which may quote private
 * data: `JSON.parse` quotes the body, and a driver may quote an item.
 */
export const faultFields = (fault: unknown): LogFields =>
  fault instanceof Error
    ? {
        fault: fault.name,
        at: (fault.stack ?? "")
          .split("\n")
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 12),
        ...("$metadata" in fault && { aws: httpStatus(fault.$metadata) }),
      }
    : { fault: typeof fault };

const httpStatus = (metadata: unknown) =>
  typeof metadata === "object" && metadata && "httpStatusCode" in metadata
    ? Number(metadata.httpStatusCode)
    : undefined;
