import type { LogFields } from "../../../lib/log/log.ts";
import type { Measure } from "../../../lib/log/measure.ts";

/** A log line as Powertools, the functions' logger, writes it. A test compares the two. */
export const logLine = (
  level: "INFO" | "WARN" | "ERROR",
  message: string,
  fields: LogFields,
  now: number,
): string =>
  JSON.stringify({
    level,
    message,
    timestamp: new Date(now).toISOString(),
    service: "twostep",
    sampling_rate: 0,
    xray_trace_id: "1-674318a0-3b2c1d0e9f8a7b6c5d4e3f2a",
    ...fields,
  });

/** A measure as Powertools writes it, in CloudWatch's embedded metric format. A test compares the two. */
export const measureLine = ({ name, value, unit, dimensions }: Measure, now: number): string =>
  JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: "Twostep",
          Dimensions: [["service", ...Object.keys(dimensions)]],
          Metrics: [{ Name: name, Unit: unit }],
        },
      ],
    },
    service: "twostep",
    ...dimensions,
    [name]: value,
  });
