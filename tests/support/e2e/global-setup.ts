import { randomUUID } from "node:crypto";
import { findFreePort } from "@/scripts/local/find-free-port";
import { createParts } from "@/scripts/local/stack/create-parts";
import { startStack } from "@/scripts/local/stack/start-stack";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { handOverApp } from "./app";
import { serveControl } from "./serve-control";
import { signInAdmin } from "./sign-in-admin";

/** Starts the whole of Earshot once, as in production, with nothing of the developer's own settings or data. */
export default async function setUp() {
  const parts = createParts();
  try {
    const setupToken = randomUUID();
    const { PATH, HOME, TMPDIR } = process.env;
    const stack = await startStack(
      {
        command: "start",
        host: "127.0.0.1",
        port: await findFreePort(),
        environment: { PATH, HOME, TMPDIR, SETUP_TOKEN: setupToken },
        startPostgres: startThrowawayPostgres,
        isSimulated: true,
      },
      parts,
    );
    const { realtime, simulator, environment } = stack;
    if (!realtime.control || !simulator) throw new Error("The tests need a stack of their own.");
    const control = await serveControl(realtime.control, simulator.hangUp);
    parts.add(control.close);
    const { APP_URL: url, DATABASE_URL: databaseUrl, VAPI_WEBHOOK_SECRET: webhookSecret } = environment;
    handOverApp({ url, databaseUrl, webhookSecret, controlUrl: control.url });
    await signInAdmin(url, setupToken);
  } catch (error) {
    await parts.stopAll();
    throw error;
  }
  return parts.stopAll;
}
