import type { startBenchStack } from "./start-bench-stack";

/** Posts one message as Vapi would. Returns the response's body. */
export async function postEvent(
  { localUrl, environment }: Awaited<ReturnType<typeof startBenchStack>>,
  conversation: string,
  message: object,
): Promise<unknown> {
  const response = await fetch(`${localUrl}/api/webhook/${conversation}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-vapi-secret": environment.VAPI_WEBHOOK_SECRET },
    body: JSON.stringify({ message }),
  });
  if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
  return response.json();
}
