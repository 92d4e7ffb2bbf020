import { utimesSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "../cli/complaint";
import { projectFolder } from "../project-folder";
import type { Parts } from "./create-parts";
import type { Environment } from "./environment";
import { isBuildFresh } from "./is-build-fresh";
import { startNext } from "./start-next";

/**
 * Runs `next build` unless there is a build of what the sources say now.
 *
 * @throws a Complaint when the build fails; Next has said why
 */
export async function buildUnlessFresh(environment: Environment, parts: Parts): Promise<void> {
  if (isBuildFresh()) return;
  console.log("Building Earshot (once; again only when something changes) …");
  const startedAt = new Date();
  const build = await startNext(["build"], environment);
  parts.add(build.stop);
  if ((await build.exited) !== 0) throw new Complaint("The build failed: see above.");
  // A file that was saved while Next was building may have been read before.
  utimesSync(join(projectFolder, ".next", "BUILD_ID"), startedAt, startedAt);
}
