import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { Log } from "../log/log.ts";

/**
 * Writes lines of JSON to standard output. Measures are lines as well, in CloudWatch's embedded metric format: no
 * request waits for them, and a measure is lost only if its line is lost. Namespace and service come from
 * `POWERTOOLS_*`.
 */
export const powertoolsLog = (): Log => {
  const logger = new Logger();
  const metrics = new Metrics();
  return {
    info: (message, fields) => logger.info(message, fields),
    warn: (message, fields) => logger.warn(message, fields),
    error: (message, fields) => logger.error(message, fields),
    measure: ({ name, value, unit, dimensions }) => {
      const single = metrics.singleMetric();
      single.addDimensions(dimensions);
      single.addMetric(name, unit, value);
    },
  };
};
