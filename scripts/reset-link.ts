import { readOptions, UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { withDatabase } from "./local/stack/with-database";

const usage = `npm run reset-link -- --email ana@example.com

Prints a link that sets this person's password, once within an hour: for an admin who is locked out, or where mail is
not set up. Uses the database of DATABASE_URL, or the one in .local/. The link begins with APP_URL.`;

await runScript(async () => {
  const { email } = readOptions(usage, { email: { type: "string" } });
  if (!email) throw new UsageError(`--email must name the person.\n\n${usage}`);
  await withDatabase(async (db) => {
    const { makeResetLink } = await import("@/lib/auth/server/links");
    const by = { actor: { kind: "system", name: "npm run reset-link" }, ip: null } as const;
    const link = await makeResetLink(db, { email }, by);
    if (!link)
      throw new UsageError(`Nobody has the address ${email}. See Settings → People for those who do.`);
    console.log(link);
  });
});
