import { readDeployed } from "../cost/deployed/read-deployed.ts";
import { startMeteredService } from "../cost/metering/metered-service.ts";
import type { Forms } from "./forms.ts";
import { tellStory } from "./tell-story.ts";

/** Makes the forms that the present code stores. */
export const makeForms = async (): Promise<Forms> => {
  const service = await startMeteredService(readDeployed().plain.fallback, {
    seed: "the forms of a release",
  });
  try {
    return await tellStory(service);
  } finally {
    await service.stop();
  }
};
