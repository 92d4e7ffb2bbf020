import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import type { FoundDestination } from "@/lib/directory/directory";
import { findDestination } from "@/lib/directory/server/directory";
import { defineTool } from "@/lib/tools/define-tool";
import { SpokenError } from "@/lib/tools/spoken-error";
import { requestTransfer } from "@/lib/tools/transfer/request-transfer";

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
