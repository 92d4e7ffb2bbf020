import type { DirectoryEntry } from "@/lib/directory/directory-entry";

/** Where to transfer a call to, as Vapi has it: `TransferDestinationNumber` or `TransferDestinationSip`. */
export type Destination = { message?: string } & (
  | { type: "number"; number: string; extension?: string }
  | { type: "sip"; sipUri: string }
);

/** What the directory knows of a team at a moment. Sentences are to be spoken to the caller. */
export type FoundDestination =
  | { outcome: "open"; team: string; destination: Destination; sentence: string }
  | { outcome: "closed"; team: string; sentence: string }
  /** `teams`: those there are. */
  | { outcome: "unknown"; teams: string[]; sentence: string };

export function toDestination({ kind, address, extension, message }: DirectoryEntry): Destination {
  const spoken = message ? { message } : {};
  if (kind === "sip") return { type: "sip", sipUri: address, ...spoken };
  return { type: "number", number: address, ...(extension ? { extension } : {}), ...spoken };
}
