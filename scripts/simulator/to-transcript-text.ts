import type { ArtifactMessage } from "@/scripts/simulator/artifact";

/** The plain transcript of reports and of `forwarding`: a line per turn, each ended by a line break. */
export function toTranscriptText(messages: readonly ArtifactMessage[]): string {
  return messages
    .map((entry) => {
      if (entry.role === "bot") return `AI: ${entry.message}\n`;
      return entry.role === "user" ? `User: ${entry.message}\n` : "";
    })
    .join("");
}
