import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The clone's top folder, without symbolic links, wherever a script was called from. */
export const projectFolder = realpathSync(fileURLToPath(new URL("../..", import.meta.url)));
