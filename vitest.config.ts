import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./") },
      // The package throws outside a server build; in tests it only marks a file.
      { find: "server-only", replacement: here("./tests/support/vitest/server-only.ts") },
    ],
  },
  test: {
    // More workers than processors: a test spends as much time waiting, for its database and for time limits, as computing.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    globalSetup: "./tests/support/vitest/name-left-out.ts",
    // Vitest's default of one second is too short for a busy machine. Polling ends as soon as the assertion holds.
    expect: { poll: { timeout: 5_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          isolate: false,
          // A slow machine must not fail a test: some compile Vapi's whole schema.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: "./tests/support/vitest/global-setup.ts",
          // The setup file separates what files must not share.
          isolate: false,
          setupFiles: "./tests/support/vitest/setup-file.ts",
          hookTimeout: 60_000,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
