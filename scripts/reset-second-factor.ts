import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { withDatabase } from "./local/stack/with-database";

const usage = `npm run reset-second-factor -- --email ana@example.com

Removes this person's authenticator app, recovery codes and passkeys, and signs them out. For the only admin, if their
phone is lost. The password stays. Uses the database at DATABASE_URL with the app's BETTER_AUTH_SECRET, or the one
in .local/.`;

await runScript(async () => {
  const { email } = readOptions(usage, { email: { type: "string" } });
  if (!email) throw new UsageError(`--email is required.\n\n${usage}`);
  await withDatabase(async (db) => {
    const { resetSecondFactors } = await import("@/lib/auth/server/second-factor");
    const by = { actor: { kind: "system", name: "npm run reset-second-factor" }, ip: null } as const;
    if (!(await resetSecondFactors(db, { email }, by)))
      throw new UsageError(`No account uses ${email}. Settings → People lists all accounts.`);
    console.log(`${email} can now sign in with the password alone.`);
  });
});
