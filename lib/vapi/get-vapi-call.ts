import "server-only";
import { type Vapi, VapiError } from "@vapi-ai/server-sdk";
import { env } from "@/lib/env";
import { createVapiClient } from "@/lib/vapi/create-vapi-client";

/** Whether Vapi can be asked at all. */
export const canAskVapi = env.VAPI_API_KEY !== undefined;

/**
 * What Vapi knows of a call (`GET /call/{id}`); null when it knows none of this id.
 * @throws when there is no VAPI_API_KEY, or Vapi does not answer within ten seconds
 */
export async function getVapiCall(id: string): Promise<Vapi.Call | null> {
  const client = createVapiClient({ timeoutInSeconds: 10, maxRetries: 1 });
  try {
    return await client.calls.get({ id });
  } catch (cause) {
    if (cause instanceof VapiError && cause.statusCode === 404) return null;
    throw cause;
  }
}
