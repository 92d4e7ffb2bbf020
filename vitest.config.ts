import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./") },
      // It throws outside a server build; here it only marks a file.
      { find: "server-only", replacement: here("./tests/support/vitest/server-only.ts") },
    ],
  },
  test: {
    // More than there are processors: a test waits for its database, and for limits to pass, as much as it computes.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    globalSetup: "./tests/support/vitest/name-left-out.ts",
    // Vitest's own second is too short for a busy machine; what comes at once is seen at once all the same.
    expect: { poll: { timeout: 5_000 } },
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
          globalSetup: "./tests/support/vitest/global-setup.ts",
          setupFiles: "./tests/support/vitest/setup-file.ts",
          hookTimeout: 60_000,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
