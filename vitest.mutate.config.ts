import { defineConfig } from "vitest/config";
import { z } from "zod";
import config from "./vitest.config";

/** The tests of one area, as passed by scripts/mutate.ts. */
const { unit, integration } = z
  .object({ unit: z.array(z.string()), integration: z.array(z.string()) })
  .parse(JSON.parse(process.env.MUTATION_AREA ?? "{}"));

export default defineConfig({
  resolve: config.resolve ?? {},
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: unit, testTimeout: 30_000 } },
      // No server is started unless a test needs one.
      ...(integration.length > 0 ? [integrationProject()] : []),
    ],
  },
});

function integrationProject() {
  return {
    extends: true as const,
    test: {
      name: "integration",
      include: integration,
      globalSetup: "./tests/support/vitest/global-setup.ts",
      setupFiles: "./tests/support/vitest/setup-file.ts",
      hookTimeout: 60_000,
      testTimeout: 30_000,
    },
  };
}
