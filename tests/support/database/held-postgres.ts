import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { readPostmaster } from "@/scripts/local/postgres/run-server";
import { waitUntil } from "@/scripts/local/wait-until";

const announcement = z.object({
  url: z.string(),
  home: z.string(),
  isShared: z.boolean(),
  reaperPid: z.number(),
});

/** A separate script that runs PostgreSQL for a clone until it is killed. */
export type HeldPostgres = z.infer<typeof announcement> & { script: ChildProcess };

/** Makes a clone that is empty as far as PostgreSQL is concerned; removed after the test. */
export function makeClone(): string {
  const clone = mkdtempSync("/tmp/earshot-clone-");
  chmodSync(clone, 0o755);
  onTestFinished(async () => {
    const data = join(clone, ".local", "postgres", "cluster", "data");
    await waitUntil("PostgreSQL to be gone", () => readPostmaster(data) === null);
    rmSync(clone, { recursive: true, force: true });
  });
  return clone;
}

/** Starts such a script. It is killed after the test at the latest. */
export async function holdPostgres(clone: string): Promise<HeldPostgres> {
  const script = spawn(
    process.execPath,
    ["--import", "tsx", "tests/support/database/hold-postgres.ts", clone],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => {
    script.kill("SIGKILL");
  });
  const [line] = await once(createInterface({ input: script.stdout }), "line");
  return { script, ...announcement.parse(JSON.parse(String(line))) };
}

export const dataFolderOf = ({ home }: HeldPostgres) => join(home, "cluster", "data");

/** Returns the server's process id, or null when none is running. */
export const serverOf = (held: HeldPostgres) => readPostmaster(dataFolderOf(held))?.pid ?? null;
