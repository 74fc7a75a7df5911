import { join } from "node:path";
import { customResource } from "../../lib/runtime/custom-resource.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { s3Bucket } from "../../lib/runtime/s3-bucket.ts";
import { setting } from "../../lib/settings/environment.ts";
import { keepPages } from "./keep-pages.ts";
import { readFiles } from "./read-files.ts";

const pauseMs = 1000;
const read = (name: string) => setting(process.env, name);

const bucketOfStack = () => {
  const sessionToken = process.env["AWS_SESSION_TOKEN"];
  return s3Bucket({
    endpoint: process.env["AWS_ENDPOINT_URL_S3"] ?? read("S3_URL"),
    region: read("AWS_REGION"),
    bucket: read("PAGES_BUCKET"),
    credentials: {
      accessKeyId: read("AWS_ACCESS_KEY_ID"),
      secretAccessKey: read("AWS_SECRET_ACCESS_KEY"),
      ...(sessionToken && { sessionToken }),
    },
    pauseMs,
  });
};

/** Custom::Pages, called by CloudFormation. */
export const handler = customResource(
  keepPages({
    bucket: bucketOfStack,
    files: () => readFiles(join(read("LAMBDA_TASK_ROOT"), "files")),
  }),
  { limitMs: 10_000, pauseMs },
  powertoolsLog(),
);
