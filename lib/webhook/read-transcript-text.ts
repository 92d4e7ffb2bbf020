import { z } from "zod";
import type { Speaker } from "@/lib/calls/call";

const name = z.string().min(1).nullish().catch(null);
const assistantSchema = z
  .looseObject({
    artifactPlan: z
      .looseObject({
        transcriptPlan: z.looseObject({ assistantName: name, userName: name }).nullish().catch(null),
      })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

/** As Vapi names the speakers, and as those do who write it themselves. */
const usual: readonly [string, Speaker][] = [
  ["ai", "assistant"],
  ["assistant", "assistant"],
  ["bot", "assistant"],
  ["user", "user"],
  ["customer", "user"],
  ["caller", "user"],
];

/**
 * A report's `transcript`, a line a turn with who speaks before it → what was said, in order. The assistant's plan may give
 * the speakers other names. A line that names nobody goes on with the one before.
 */
export function readTranscriptText(text: string, assistant: unknown): { role: Speaker; text: string }[] {
  const plan = assistantSchema.parse(assistant)?.artifactPlan?.transcriptPlan;
  const speakers = new Map(usual);
  if (plan?.assistantName) speakers.set(plan.assistantName.toLowerCase(), "assistant");
  if (plan?.userName) speakers.set(plan.userName.toLowerCase(), "user");
  const said: { role: Speaker; text: string }[] = [];
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const role = speakers.get(line.slice(0, Math.max(0, colon)).trim().toLowerCase());
    const words = (role ? line.slice(colon + 1) : line).trim();
    const last = said.at(-1);
    if (role) said.push({ role, text: words });
    else if (last && words) last.text = `${last.text}\n${words}`;
  }
  return said.filter(({ text: words }) => words !== "");
}
