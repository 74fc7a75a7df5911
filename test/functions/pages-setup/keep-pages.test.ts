import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { keepPages } from "../../../functions/pages-setup/keep-pages.ts";
import { readFiles } from "../../../functions/pages-setup/read-files.ts";
import { resultOf, type Wanted } from "../../../lib/runtime/custom-resource.ts";
import { s3Bucket } from "../../../lib/runtime/s3-bucket.ts";
import { temporaryDirectory } from "../../infra/synthesize.ts";
import { anS3, credentials, region, type S3Server } from "./s3-server.ts";

const home = temporaryDirectory();
let made = 0;

/** A folder with these files. */
const aFolderOf = (files: Readonly<Record<string, string>>): string => {
  const directory = join(home, String((made += 1)));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
};

const pages = aFolderOf({
  "index.html": "<p>1",
  "panel.js": "1",
  "panel.js.map": "{}",
  "it's (new) +1.svg": "<svg/>",
  "deep/er/a b.css": "a{}",
  "notes.xyz": "?",
});

/** One request of CloudFormation to a function that carries these files. */
const run = async (
  { url, bucket }: S3Server,
  RequestType: Wanted["RequestType"],
  { directory = pages, limitMs = 5000 } = {},
) => {
  const logged: string[] = [];
  const log = (message: string, fields: object) =>
    void logged.push(JSON.stringify({ message, ...fields }));
  const resource = keepPages({
    bucket: () => s3Bucket({ endpoint: url, region, bucket, credentials, pauseMs: 1 }),
    files: () => readFiles(directory),
  });
  const result = await resultOf(
    resource,
    { RequestType, ResourceProperties: { CacheControl: "no-cache" } },
    AbortSignal.timeout(limitMs),
    { info: log, warn: log, error: log, measure: () => undefined },
  );
  expect(logged.join()).not.toContain(credentials.secretAccessKey);
  return result;
};

const failed = (reason: RegExp) => ({
  kind: "failed",
  reason: expect.stringMatching(reason) as unknown,
});

test("every file is put there under its name, with its type, and is asked for every time", async () => {
  const s3 = await anS3();
  expect(await run(s3, "Create")).toEqual({
    kind: "done",
    status: "6 files were put there, 0 old ones removed.",
  });
  const noCache = (body: string, contentType: string) => ({
    ...{ body, contentType, cacheControl: "no-cache" },
  });
  expect(Object.fromEntries(s3.objects)).toEqual({
    "index.html": noCache("<p>1", "text/html"),
    "panel.js": noCache("1", "text/javascript"),
    "panel.js.map": noCache("{}", "application/json"),
    "it's (new) +1.svg": noCache("<svg/>", "image/svg+xml"),
    "deep/er/a b.css": noCache("a{}", "text/css"),
    "notes.xyz": noCache("?", "application/octet-stream"),
  });
});

test("a page comes after what it loads, and what is no more goes last, however many pages its list has", async () => {
  const s3 = await anS3();
  for (const old of ["a.js", "b c.js", "d+e.js", "old/f.js", "index.html"])
    s3.objects.set(old, { body: "old", contentType: undefined, cacheControl: undefined });
  const directory = aFolderOf({ "index.html": "<p>2", "z.js": "2" });
  expect(await run(s3, "Update", { directory })).toMatchObject({
    status: "2 files were put there, 4 old ones removed.",
  });
  const puts = ["s3:PutObject z.js", "s3:PutObject index.html"];
  expect(s3.done.slice(0, 2)).toEqual(puts);
  expect(s3.done.slice(2, 5)).toEqual(["s3:ListBucket", "s3:ListBucket", "s3:ListBucket"]);
  expect([...s3.objects.keys()].sort()).toEqual(["index.html", "z.js"]);
  expect(s3.objects.get("index.html")?.body).toBe("<p>2");
});

test("a request that comes twice changes nothing", async () => {
  const s3 = await anS3();
  await run(s3, "Create");
  const before = new Map(s3.objects);
  expect(await run(s3, "Create")).toMatchObject({ kind: "done" });
  expect(s3.objects).toEqual(before);
});

test("the bucket of a stack that goes is empty, so that it can go too", async () => {
  const s3 = await anS3();
  await run(s3, "Create");
  expect(await run(s3, "Delete")).toEqual({ kind: "done", status: "6 files were removed." });
  expect([...s3.objects]).toEqual([]);
  expect(await run(s3, "Delete")).toEqual({ kind: "done", status: "0 files were removed." });
});

describe("when S3", () => {
  test.each([
    ["has too much to do", ["503", "503"]],
    ["breaks off", ["hang up", "hang up"]],
    ["does it, and its answer is lost", ["lost answer", "lost answer"]],
  ] as const)("%s twice, it is asked again", async (_, faults) => {
    const s3 = await anS3();
    s3.faults.push(...faults);
    expect(await run(s3, "Create")).toMatchObject({ kind: "done" });
    expect(s3.objects.size).toBe(6);
  });

  test("refuses, the deploy fails at once with S3's own code, and nothing of the account", async () => {
    const s3 = await anS3();
    s3.faults.push("403");
    const result = await run(s3, "Create");
    expect(result).toEqual(
      failed(/^The pages' bucket is not as wanted: S3 answered 403 AccessDenied\.$/),
    );
    expect(s3.faults).toEqual([]);
    expect(s3.done).toEqual([]);
  });

  test("cannot for longer, the deploy fails", async () => {
    const s3 = await anS3();
    s3.faults.push("503", "503", "503");
    expect(await run(s3, "Update")).toEqual(failed(/503 SlowDown/));
  });

  test("cannot while the pages change, no page is there before its modules, and nothing old is gone", async () => {
    const s3 = await anS3();
    s3.objects.set("old.js", { body: "", contentType: undefined, cacheControl: undefined });
    const directory = aFolderOf({ "index.html": "<script src=b.js>", "a.js": "1", "b.js": "1" });
    // The first file arrives, its answer does not, and from then on S3 can do nothing.
    const interrupted = run(s3, "Update", { directory });
    s3.faults.push("lost answer", "503", "503", "503");
    expect(await interrupted).toMatchObject({ kind: "failed" });
    expect([...s3.objects.keys()].sort()).toEqual(["a.js", "old.js"]);
  });

  test("does not know the bucket any more, the removal says so", async () => {
    const s3 = await anS3();
    expect(await run({ ...s3, bucket: "gone" }, "Delete")).toEqual(failed(/404 NoSuchBucket/));
  });
});

test("a request that lasts too long fails while CloudFormation can still be answered", async () => {
  expect(await run(await anS3(), "Create", { limitMs: 0 })).toEqual(failed(/TimeoutError/));
});

test("a request without the cache header puts nothing", async () => {
  const s3 = await anS3();
  const resource = keepPages({
    bucket: () =>
      s3Bucket({ endpoint: s3.url, region, bucket: s3.bucket, credentials, pauseMs: 1 }),
    files: () => readFiles(pages),
  });
  const wanted = { RequestType: "Create", ResourceProperties: {} } as const;
  await expect(resource.act(wanted, AbortSignal.timeout(1000))).rejects.toThrow();
  expect(s3.done).toEqual([]);
});
