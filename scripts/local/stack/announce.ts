import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder";
import type { Stack } from "./start-stack";

export type Purpose = "dev" | "start" | "demo";

/**
 * Says where Earshot is, how to sign in and what runs beside it. A terminal is read once by the person in front of
 * it, but other output ends up in log files: secrets go to a terminal only, the demo's own sign-in link aside.
 */
export async function announce(stack: Stack, purpose: Purpose, isTerminal = process.stdout.isTTY === true) {
  const { APP_URL } = stack.environment;
  console.log(`
Earshot runs at ${APP_URL}

  Sign in    ${await describeSignIn(stack, purpose, isTerminal)}
  Webhook    ${APP_URL}/api/webhook/{conversation uuid}
  Secret     ${describeSecret(stack, isTerminal)}
  Database   ${stack.database.description}
  Realtime   ${stack.realtime.description}

Ctrl-C stops everything.
`);
}

function describeSecret({ environment, webhookSecret }: Stack, isTerminal: boolean): string {
  if (webhookSecret === "given") return "as VAPI_WEBHOOK_SECRET says";
  return webhookSecret === "new" && isTerminal
    ? environment.VAPI_WEBHOOK_SECRET
    : "vapiWebhookSecret in .local/secrets.json";
}

/**
 * The page to sign in on, or the link that creates the first operator; in a demo with a database of its own, a link
 * that signs in once. The app's own code makes the links, and reads its environment when it is loaded: hence the
 * late imports.
 */
async function describeSignIn(stack: Stack, purpose: Purpose, isTerminal: boolean): Promise<string> {
  const { environment, database } = stack;
  Object.assign(process.env, environment);
  const { db } = await import("@/db/client");
  const { demoSignInLink } = await import("@/lib/auth/demo-sign-in-link");
  const { welcomeLink } = await import("@/lib/auth/welcome-link");
  try {
    if (purpose === "demo" && database.isOurs) return `${await demoSignInLink(db)} (works once, for an hour)`;
    const welcome = await welcomeLink(db);
    if (!welcome) return `${environment.APP_URL}/sign-in`;
    if (environment.SETUP_TOKEN) return `${environment.APP_URL}/welcome with your SETUP_TOKEN`;
    return isTerminal ? `${welcome} (creates the first operator)` : keepLink(welcome, environment.APP_URL);
  } finally {
    await db.$client.end();
  }
}

/** The link holds the setup token, so a log only says where its owner finds it. */
function keepLink(link: string, appUrl: string): string {
  const name = ".local/setup-link";
  mkdirSync(join(projectFolder, ".local"), { recursive: true });
  const path = join(projectFolder, name);
  // A file that is there already keeps its mode, so it is narrowed before the token is written.
  if (existsSync(path)) chmodSync(path, 0o600);
  writeFileSync(path, `${link}\n`, { mode: 0o600 });
  return `${appUrl}/welcome (the link with its token is in ${name})`;
}
