import { applyMigrations } from "./local/apply-migrations";
import { readOptions, UsageError } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { startEmbeddedPostgres } from "./local/embedded-postgres";
import { createParts } from "./local/stack/create-parts";
import { openDatabase } from "./local/stack/open-database";
import { prepareEnvironment } from "./local/stack/prepare-environment";

const usage = `npm run reset-second-factor -- --email ana@example.com

Removes this person's authenticator app, recovery codes and passkeys, and signs them out: for the only admin, whose phone
is lost. The password stays. Uses the database of DATABASE_URL, or the one in .local/.`;

await runScript(async () => {
  const { email } = readOptions(usage, { email: { type: "string" } });
  if (!email) throw new UsageError(`--email must name the person.\n\n${usage}`);
  loadEnvFiles();
  const parts = createParts();
  try {
    const database = await openDatabase(process.env, startEmbeddedPostgres, "earshot", parts);
    await applyMigrations(database.url);
    prepareEnvironment(database);
    // Only now, for the environment is read when the app's modules are loaded.
    const { db } = await import("@/db/client");
    parts.add(() => db.$client.end());
    const { resetSecondFactors } = await import("@/lib/auth/server/second-factor");
    const by = { actor: { kind: "system", name: "npm run reset-second-factor" }, ip: null } as const;
    if (!(await resetSecondFactors(db, { email }, by)))
      throw new UsageError(`Nobody has the address ${email}. See Settings → People for those who do.`);
    console.log(`${email} signs in with the password alone now.`);
  } finally {
    await parts.stopAll();
  }
});
