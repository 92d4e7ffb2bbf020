import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { withDatabase } from "./local/stack/with-database";

const usage = `npm run reset-link -- --email ana@example.com

Prints a link that resets this person's password. It works once, within an hour. For an admin who is locked out, or when
e-mail is not set up. The link starts with APP_URL. Uses the database at DATABASE_URL with the app's
BETTER_AUTH_SECRET, or the one in .local/.`;

await runScript(async () => {
  const { email } = readOptions(usage, { email: { type: "string" } });
  if (!email) throw new UsageError(`--email is required.\n\n${usage}`);
  await withDatabase(async (db) => {
    const { makeResetLink } = await import("@/lib/auth/server/links");
    const by = { actor: { kind: "system", name: "npm run reset-link" }, ip: null } as const;
    const link = await makeResetLink(db, { email }, by);
    if (!link) throw new UsageError(`No account uses ${email}. Settings → People lists all accounts.`);
    console.log(link);
  });
});
