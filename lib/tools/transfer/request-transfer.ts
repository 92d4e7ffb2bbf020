import "server-only";
import type { FoundDestination } from "@/lib/directory/directory";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { SpokenError } from "@/lib/tools/spoken-error";

/**
 * Orders Vapi to transfer a call that goes on: `ClientInboundMessageTransfer`, posted to the call's control URL.
 * @throws SpokenError when Vapi says no; anything else when nobody knows
 */
export async function requestTransfer(
  controlUrl: string,
  { destination, sentence }: Extract<FoundDestination, { outcome: "open" }>,
  signal: AbortSignal,
): Promise<void> {
  const response = await guardedFetch(controlUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "transfer", destination, content: sentence }),
    hosts: ["*.vapi.ai"],
    maxRedirects: 0,
    signal,
  }).catch((cause: unknown) => {
    if (cause instanceof OutgoingRefused) throw new SpokenError("The call cannot be transferred from here.");
    throw cause;
  });
  await response.body?.cancel();
  if (!response.ok) throw new SpokenError("The transfer was refused. The call was not transferred.");
}
