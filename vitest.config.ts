import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real parts (embedded DynamoDB, workers, CDK) start slowly on a busy machine; a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores are what a small CI machine has.
    maxWorkers: 2,
  },
});
