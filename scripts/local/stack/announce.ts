import { describeSignIn } from "./describe-sign-in";
import type { Stack } from "./start-stack";

/** Tells whoever started Earshot where it is, how to get in and what runs beside it. */
export async function announce(stack: Stack, isDemo: boolean): Promise<void> {
  const { APP_URL, VAPI_WEBHOOK_SECRET } = stack.environment;
  console.log(`
Earshot runs at ${APP_URL}

  Sign in    ${await describeSignIn(stack, isDemo)}
  Webhook    ${APP_URL}/api/webhook/{conversation uuid}
  Secret     ${VAPI_WEBHOOK_SECRET}
  Database   ${stack.database.description}
  Realtime   ${stack.realtime.description}

Ctrl-C stops everything.
`);
}
