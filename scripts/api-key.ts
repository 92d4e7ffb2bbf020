import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { retryingConflicts } from "@/db/faults";
import { newKeySchema } from "@/lib/auth/people";
import { createApiKey } from "@/lib/auth/server/keys";
import { migrateOrCheck } from "./local/apply-migrations";
import { readOptions, UsageError } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { startEmbeddedPostgres } from "./local/embedded-postgres";
import { createParts } from "./local/stack/create-parts";
import { openDatabase } from "./local/stack/open-database";

const usage = `npm run api-key -- --name "nightly export" [--role viewer|operator|admin] [--days 90]

Creates an API key and prints it once. Scripts send it as "Authorization: Bearer <key>".
Without --days it is valid until revoked in Settings. Uses the database at DATABASE_URL, or the one in .local/.`;

const options: Readonly<Record<string, string>> = {
  name: "--name must describe the key in 1 to 100 characters.",
  role: "--role must be viewer, operator or admin.",
  expiresInDays: "--days must be a whole number from 1 to 3650.",
};

await runScript(async () => {
  const wanted = newKeySchema.safeParse(readWanted());
  if (!wanted.success) throw new UsageError(`${describeWrong(wanted.error.issues)}\n\n${usage}`);
  loadEnvFiles();
  const parts = createParts();
  try {
    const database = await openDatabase(process.env, startEmbeddedPostgres, "earshot", parts);
    await migrateOrCheck(database);
    const sql = postgres(database.url, { max: 1, prepare: false });
    parts.add(() => sql.end());
    const by = { actor: { kind: "system", name: "npm run api-key" }, ip: null } as const;
    console.log(
      await createApiKey(drizzle(retryingConflicts(sql), { casing: "snake_case" }), wanted.data, by),
    );
  } finally {
    await parts.stopAll();
  }
});

function describeWrong(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => options[String(path[0])] ?? message).join("\n");
}

function readWanted() {
  const { name, role, days } = readOptions(usage, {
    name: { type: "string" },
    role: { type: "string", default: "viewer" },
    days: { type: "string" },
  });
  return { name, role, expiresInDays: days === undefined ? null : Number(days) };
}
