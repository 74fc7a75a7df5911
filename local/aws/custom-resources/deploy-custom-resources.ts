import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { CUSTOM_RESOURCES } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";
import { parseJson } from "../data/parse-json.ts";
import { startLoopback } from "../http/loopback.ts";
import type { FunctionOutcome } from "../lambda/instance.ts";
import type { CustomResourcePlan } from "../plan/plan.ts";
import { CustomResourceResponse, customResourceEvent, Deployed } from "./custom-resource-event.ts";

export type DeployOptions = {
  plans: readonly CustomResourcePlan[];
  data: DataDirectory;
  invoke: (functionName: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;
  onFault: (error: unknown) => void;
};

const Stored = z.record(z.string(), Deployed);

/** A start must not wait as long as a deploy does. */
const LIMIT_MS = 8000;
/** A function sends its answer before it returns, but the answer may still be on its way. */
const AFTER_RETURN_MS = 500;

/**
 * Plays CloudFormation for the template's custom resources: calls their functions, and takes their answers at a
 * loopback ResponseURL. Returns a sentence for each resource that failed.
 */
export async function deployCustomResources(options: DeployOptions): Promise<string[]> {
  const { plans, data, onFault } = options;
  if (plans.length === 0) return [];
  const stored = (await data.read(CUSTOM_RESOURCES, Stored)) ?? {};
  const server = await startLoopback(onFault);
  const answers = new Map<string, (response: CustomResourceResponse) => void>();
  server.serve(({ method, path, body }) => {
    const response = CustomResourceResponse.safeParse(parseJson(body.toString()));
    const answer = answers.get(path);
    if (method !== "PUT" || !answer || !response.success) return { status: 403, headers: {} };
    answer(response.data);
    return { status: 200, headers: {} };
  });

  const deploy = async (plan: CustomResourcePlan): Promise<string[]> => {
    const path = `/${randomUUID()}`;
    const answered = new Promise<CustomResourceResponse>((resolve) => answers.set(path, resolve));
    const event = customResourceEvent(plan, server.endpoint + path, stored[plan.id]);
    const invoked = options.invoke(plan.functionName, event, randomUUID());
    const response = await Promise.race([answered, silence(invoked)]);
    if (typeof response === "string") return [`${plan.id} (${plan.type}): ${response}`];
    if (response.Status === "FAILED")
      return [`${plan.id} (${plan.type}): ${response.Reason ?? "failed without a reason"}`];
    stored[plan.id] = {
      physicalResourceId: response.PhysicalResourceId,
      properties: event.ResourceProperties,
    };
    return [];
  };

  try {
    const failures = (await Promise.all(plans.map(deploy))).flat();
    await data.write(CUSTOM_RESOURCES, stored);
    return failures;
  } finally {
    await server.stop();
  }
}

/** Resolves with the reason when no answer is expected any more. */
async function silence(invoked: Promise<FunctionOutcome>): Promise<string> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), LIMIT_MS);
  const outcome = await Promise.race([invoked, late.promise]);
  clearTimeout(timer);
  if (outcome === "late") return `no answer within ${LIMIT_MS / 1000} s`;
  await new Promise((resolve) => setTimeout(resolve, AFTER_RETURN_MS));
  return outcome.kind === "returned"
    ? "its function ended without an answer"
    : "its function failed; see the log";
}
