import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { recordStatements } from "@/db/queries/record/record-statement";
import { toDefinition } from "@/db/stored-statement";
import { runScript } from "./local/cli/run-script";
import { projectFolder } from "./local/project-folder";

/** Writes the functions that migrations create, one per file, in place of those before. Part of `npm run db:generate`. */
await runScript(async () => {
  const folder = join(projectFolder, "drizzle/functions");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const statement of recordStatements) {
    await writeFile(join(folder, `${statement.name}.sql`), toDefinition(statement));
    console.log(`drizzle/functions/${statement.name}.sql`);
  }
});
