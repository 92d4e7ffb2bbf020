import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { superviseCall, toMonitorUrl } from "@/lib/control/server/monitor";
import { sendControl, toTransferMessage } from "@/lib/control/server/send";
import type { FoundDestination } from "@/lib/directory/directory";
import { findDestination } from "@/lib/directory/server/directory";
import { defineTool, SpokenError } from "@/lib/tools/server/define-tool";

/**
 * Tells Vapi to transfer a live call, as people do from the call page (lib/control/server/send.ts).
 * @throws SpokenError if Vapi refuses; other errors if the outcome is unknown
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
    throw new SpokenError("The transfer was rejected. The call was not transferred.");
  }
  if (sent.outcome === "unknown") throw new Error("Vapi did not say whether it transfers the call.");
}

/**
 * Transfers the call to a team of the directory. A tool result cannot transfer a call, so the command goes to Vapi
 * through the call's control URL. For a call without one, the result says so and gives the number.
 */
export const transferToTeam = defineTool({
  name: "transfer_to_team",
  description: "Transfer the caller to a team of people.",
  effect: "write",
  effectClause: "the call is being transferred",
  parameters: z.object({ team: z.string().max(100).describe("The name of the team.") }),
  run: async ({ args, call, signal }) => {
    const found = await findOpen(args.team);
    const controlUrl = call.controlUrl ?? (await findControlUrl(call.id));
    if (!controlUrl) {
      throw new SpokenError(
        `I cannot transfer this call myself. ${found.team} can be reached at ${addressOf(found)}.`,
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

/** Finds the control URL from another event of the call, or from Vapi. */
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
