import { findFreePort } from "@/scripts/local/find-free-port";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startNext } from "@/scripts/local/stack/start-next";
import { waitUntil } from "@/scripts/local/wait-until";

export const bareAppFolder = "tests/bench/bare-app";

/** Always rebuilds: it takes seconds, and a baseline of other code would be meaningless. */
export async function buildBareApp(parts: Parts, DATABASE_URL?: string): Promise<void> {
  const { PATH, HOME, TMPDIR } = process.env;
  const build = await startNext(["build", bareAppFolder], { PATH, HOME, TMPDIR, DATABASE_URL });
  parts.add(build.stop);
  if ((await build.exited) !== 0) throw new Error("The bare app could not be built.");
}

/**
 * Builds and starts the bare route exactly as Earshot is.
 * @param DATABASE_URL where the naive route next to it keeps bodies; it has a table `naive`.
 */
export async function startBareApp(
  parts: Parts,
  DATABASE_URL?: string,
): Promise<{ url: string; pid: number | undefined }> {
  const { PATH, HOME, TMPDIR } = process.env;
  const environment = { PATH, HOME, TMPDIR, DATABASE_URL };
  await buildBareApp(parts, DATABASE_URL);
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const app = await startNext(
    ["start", bareAppFolder, "--port", new URL(url).port, "--hostname", "127.0.0.1"],
    environment,
  );
  parts.add(app.stop);
  await waitUntil("the bare app to answer", () =>
    fetch(`${url}/api/bare/ready`, { method: "POST", body: "{}" }).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return { url, pid: app.child.pid };
}
