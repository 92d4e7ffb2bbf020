import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The clone's top folder, with symbolic links resolved, independent of the working directory. */
export const projectFolder = realpathSync(fileURLToPath(new URL("../..", import.meta.url)));
