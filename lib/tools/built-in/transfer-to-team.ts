import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import type { FoundDestination } from "@/lib/directory/directory";
import { findDestination } from "@/lib/directory/server/directory";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { defineTool, SpokenError } from "@/lib/tools/server/define-tool";

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

/**
 * Transfers the call to a team of the directory. A tool's result cannot transfer by itself: Vapi does it, by the order that
 * is sent to the call's control URL. Where the call has none, the answer names the number and says that nothing was done.
 */
export const transferToTeam = defineTool({
  name: "transfer_to_team",
  description: "Transfers the caller to a team of people.",
  effect: "write",
  deed: "the call is being transferred",
  parameters: z.object({ team: z.string().max(100).describe("The team, by its name.") }),
  run: async ({ args, call, signal }) => {
    const found = await findOpen(args.team);
    if (!call.controlUrl) {
      throw new SpokenError(
        `I cannot transfer this call myself. ${found.team} is reached at ${addressOf(found)}.`,
      );
    }
    await requestTransfer(call.controlUrl, found, signal);
    return found.sentence;
  },
  rehearse: async ({ args }) => {
    const found = await findOpen(args.team);
    return `It would say “${found.sentence}” and transfer the call to ${addressOf(found)}.`;
  },
});

type Open = Extract<FoundDestination, { outcome: "open" }>;

async function findOpen(team: string): Promise<Open> {
  const found = await findDestination(db, team);
  if (found.outcome !== "open") throw new SpokenError(found.sentence);
  return found;
}

function addressOf({ destination }: Open): string {
  if (destination.type === "sip") return destination.sipUri;
  return destination.extension
    ? `${destination.number}, extension ${destination.extension}`
    : destination.number;
}
