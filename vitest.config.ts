import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./") },
      // It throws outside a server build; here it only marks a file.
      { find: "server-only", replacement: here("./tests/support/server-only.ts") },
    ],
  },
  test: {
    // More than there are processors: a test waits for its database, and for limits to pass, as much as it computes.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    globalSetup: "./tests/support/name-left-out.ts",
    projects: [
      {
        extends: true,
        // A busy machine is no failure: Vapi's whole schema is compiled in some.
        test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: "./tests/support/global-setup.ts",
          setupFiles: "./tests/support/setup-file.ts",
          hookTimeout: 60_000,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
