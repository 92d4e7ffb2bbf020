import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { superviseCall, toMonitorUrl } from "@/lib/control/server/monitor";
import { sendControl, toTransferMessage } from "@/lib/control/server/send";
import type { FoundDestination } from "@/lib/directory/directory";
import { findDestination } from "@/lib/directory/server/directory";
import { defineTool, SpokenError } from "@/lib/tools/server/define-tool";

/**
 * Orders Vapi to transfer a call that goes on, as people do (lib/control/server/send.ts).
 * @throws SpokenError when Vapi says no; anything else when nobody knows
 */
async function requestTransfer(
  controlUrl: string,
  { destination, sentence }: Extract<FoundDestination, { outcome: "open" }>,
  signal: AbortSignal,
): Promise<void> {
  const { url } = toMonitorUrl(controlUrl);
  const sent = url && (await sendControl(url, toTransferMessage(destination, sentence), signal));
  if (!sent || sent.isForbidden) throw new SpokenError("The call cannot be transferred from here.");
  if (sent.outcome === "failed") {
    throw new SpokenError("The transfer was refused. The call was not transferred.");
  }
  if (sent.outcome === "unknown") throw new Error("Vapi did not say whether it transfers the call.");
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
    const controlUrl = call.controlUrl ?? (await findControlUrl(call.id));
    if (!controlUrl) {
      throw new SpokenError(
        `I cannot transfer this call myself. ${found.team} is reached at ${addressOf(found)}.`,
      );
    }
    await requestTransfer(controlUrl, found, signal);
    return found.sentence;
  },
  rehearse: async ({ args }) => {
    const found = await findOpen(args.team);
    return `It would say “${found.sentence}” and transfer the call to ${addressOf(found)}.`;
  },
});

/** What another event of the call has brought, or Vapi knows. */
async function findControlUrl(callId: string | null): Promise<string | null> {
  const call = callId === null ? null : await superviseCall(callId);
  return call?.control.url?.href ?? null;
}

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
