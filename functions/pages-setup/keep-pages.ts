import * as z from "zod/mini";
import type { CustomResource, Result } from "../../lib/runtime/custom-resource.ts";
import type { Bucket } from "../../lib/runtime/s3-bucket.ts";
import type { PageFile } from "./read-files.ts";

export type KeepPagesDeps = {
  /** Asked for each request: a function that does not start gives no answer, and the deploy hangs. */
  readonly bucket: () => Bucket;
  /** The files that the function carries; read anew for each request. */
  readonly files: () => Promise<readonly PageFile[]>;
};

const Properties = z.object({ CacheControl: z.string() });

/**
 * Keeps a bucket as the files that the function carries. Modules come first, then pages, and what is no more goes last:
 * whoever loads a page meanwhile finds everything that it names. A request that is repeated changes nothing.
 */
export const keepPages = (deps: KeepPagesDeps): CustomResource => ({
  name: "pages_setup",
  physicalId: "pages",

  async act(request, signal) {
    const bucket = deps.bucket();
    if (request.RequestType === "Delete") {
      const removed = await removeOthers(bucket, [], signal);
      return done(`${removed} files were removed.`);
    }
    const { CacheControl: cacheControl } = Properties.parse(request.ResourceProperties);
    const wanted = await deps.files();
    for (const { key, body, contentType } of wanted) {
      await bucket.put(key, { body, contentType, cacheControl }, signal);
    }
    const keys = wanted.map(({ key }) => key);
    const removed = await removeOthers(bucket, keys, signal);
    return done(`${keys.length} files were put there, ${removed} old ones removed.`);
  },

  giveUp(_, fault) {
    const name = fault instanceof Error ? fault.name : typeof fault;
    // S3's refusal names its code, and nothing of the account.
    const told = fault instanceof Error && name === "S3Refusal" ? fault.message : `${name}.`;
    // A bucket that is not empty could not be deleted either, and CloudFormation would not say why.
    return { kind: "failed", reason: `The pages' bucket is not as wanted: ${told}` };
  },
});

const removeOthers = async (
  bucket: Bucket,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<number> => {
  const others = (await bucket.keys(signal)).filter((key) => !keys.includes(key));
  for (const key of others) await bucket.remove(key, signal);
  return others.length;
};

const done = (status: string): Result => ({ kind: "done", status });
