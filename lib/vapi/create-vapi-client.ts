import "server-only";
import { VapiClient } from "@vapi-ai/server-sdk";
import { env } from "@/lib/env";

/**
 * Vapi's own client, with our key, at Vapi or wherever VAPI_BASE_URL says.
 * @throws when there is no VAPI_API_KEY
 */
export function createVapiClient(options: { timeoutInSeconds: number; maxRetries: number }): VapiClient {
  if (!env.VAPI_API_KEY) throw new Error("Vapi cannot be asked: VAPI_API_KEY is not set.");
  return new VapiClient({
    token: env.VAPI_API_KEY,
    ...(env.VAPI_BASE_URL && { baseUrl: env.VAPI_BASE_URL }),
    ...options,
  });
}
