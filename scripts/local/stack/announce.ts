import { describeSignIn } from "./describe-sign-in";
import type { Stack } from "./start-stack";

/** Tells whoever started Earshot where it is, how to get in and what runs beside it. */
export async function announce({ environment, descriptions }: Stack): Promise<void> {
  const { APP_URL } = environment;
  console.log(`
Earshot runs at ${APP_URL}

  Sign in    ${await describeSignIn(environment)}
  Webhook    ${APP_URL}/api/webhook/{conversation uuid}
  Secret     ${environment.VAPI_WEBHOOK_SECRET}
  Database   ${descriptions.database}
  Realtime   ${descriptions.realtime}

Ctrl-C stops everything.
`);
}
