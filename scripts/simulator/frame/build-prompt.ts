import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import { handbookParagraph } from "@/scripts/simulator/frame/handbook";

/**
 * The system prompt: who, how, in what steps, and then as much of the house rules as brings it to `promptLength`
 * characters.
 */
export function buildPrompt(profile: AssistantProfile): string {
  const core = [
    `[Role]\n${profile.role}`,
    `[Company]\nYou speak for ${profile.company}. Callers know it as "${profile.phone.name}".`,
    `[Style]\n${bullets(profile.rules)}`,
    `[Steps]\n${profile.steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}`,
    "[House rules]",
  ].join("\n\n");
  return fill(core, profile.promptLength);
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function fill(core: string, length: number): string {
  let prompt = core;
  for (let index = 0; prompt.length < length; index++) prompt += `\n\n${handbookParagraph(index)}`;
  return prompt.slice(0, Math.max(length, core.length));
}
