import "server-only";
import { db } from "@/db/client";
import type { EffectKey } from "@/db/queries/tools/claim-effect";
import { type EffectState, readEffect } from "@/db/queries/tools/read-effect";
import type { Tool } from "@/lib/tools/define-tool";
import { cannotTell } from "@/lib/tools/describe-tool-failure";
import type { ToolAnswer } from "@/lib/tools/tool-answer";
import { withDeadline } from "@/lib/with-deadline";

const databaseTimeoutMs = 2_000;
const [firstWaitMs, longestWaitMs] = [40, 500];

/** What came of an effect that somebody else has claimed. While it is under way: waits for it, until `signal`. */
export async function awaitEffect(tool: Tool, effect: EffectKey, signal: AbortSignal): Promise<ToolAnswer> {
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    const found = await withDeadline(readEffect(db, effect), databaseTimeoutMs).catch(() => null);
    const answer = found && toAnswer(tool, found);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return { error: `This is being done already and takes long. ${cannotTell(tool)}` };
}

/** Null while it is under way. */
function toAnswer(tool: Tool, found: EffectState): ToolAnswer | null {
  switch (found.state) {
    case "settled":
      return found.answer;
    case "forgotten":
      return { result: "This was asked before and is settled; what came of it is no longer kept." };
    case "lost":
      return { error: `I was interrupted. ${cannotTell(tool)}` };
    case "unclaimed":
      return { error: "This could not be begun. Nothing was done." };
    case "running":
      return null;
  }
}
