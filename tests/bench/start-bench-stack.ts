import { findFreePort } from "@/scripts/local/find-free-port";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startStack } from "@/scripts/local/stack/start-stack";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";

export const benchSetupToken = "a-token-for-the-benchmark";

/** Starts Earshot as in production, on a durable database, without the developer's own settings. */
export async function startBenchStack(
  parts: Parts,
  settings: Record<string, string> = {},
  startPostgres = () => startThrowawayPostgres({ isDurable: true }),
) {
  const { PATH, HOME, TMPDIR } = process.env;
  return startStack(
    {
      command: "start",
      host: "127.0.0.1",
      port: await findFreePort(),
      environment: { PATH, HOME, TMPDIR, SETUP_TOKEN: benchSetupToken, ...settings },
      startPostgres,
    },
    parts,
  );
}
