import { z } from "zod";
import type { Transfer } from "@/lib/calls/report";
import { readSpoken } from "@/lib/webhook/read-spoken";
import { redactText } from "@/lib/webhook/redact";

const text = z.string().nullish().catch(null);
const held = z.looseObject({ id: text, name: text }).nullish().catch(null);

const destinationSchema = z.looseObject({
  type: text,
  number: text,
  extension: text,
  sipUri: text,
  name: text,
  description: text,
  assistantName: text,
  assistantId: text,
  assistant: held,
  squadId: text,
  squad: held,
  workflowId: text,
  id: text,
});

const transferSchema = z.looseObject({
  destination: z.union([z.string(), destinationSchema]).nullish().catch(null),
  mode: text,
  status: text,
  transcript: text,
  messages: z.unknown().optional(),
  /** As Earshot keeps a transfer (to-report-parts.ts), where it is read once more. */
  name: text,
  extension: text,
  id: text,
});

/** More transfers than one call has. */
const most = 100;

/** `artifact.transfers`: where the call was passed on to, what was said, and what came of it. */
export function readTransfers(transfers: readonly unknown[] | null | undefined): Transfer[] {
  return (transfers ?? []).slice(0, most).flatMap((entry) => {
    const transfer = transferSchema.safeParse(entry).data;
    if (!transfer) return [];
    const { mode = null, status = null, name, extension, id } = transfer;
    const transcript = transfer.transcript || toTranscript(transfer.messages);
    return [
      withoutNulls({
        name,
        extension,
        id,
        transcript: transcript && redactText(transcript),
        ...readDestination(transfer.destination),
        mode,
        status,
      }),
    ];
  });
}

function readDestination(destination: z.infer<typeof transferSchema>["destination"]) {
  if (!destination || typeof destination === "string") return { destination: destination || null };
  const { number, sipUri, assistant, squad, type } = destination;
  const id =
    destination.assistantId ??
    assistant?.id ??
    destination.squadId ??
    squad?.id ??
    destination.workflowId ??
    destination.id;
  const name = destination.name ?? destination.assistantName ?? assistant?.name ?? squad?.name;
  return {
    destination: number ?? sipUri ?? name ?? id ?? destination.description ?? type ?? null,
    ...((number ?? sipUri) && { name: name ?? destination.description }),
    extension: destination.extension,
    id,
  };
}

function toTranscript(messages: unknown): string | null {
  const said = readSpoken(messages).map(
    ({ role, text: words }) => `${role === "user" ? "Caller" : "Assistant"}: ${words}`,
  );
  return said.length > 0 ? said.join("\n") : null;
}

function withoutNulls({ destination, mode, status, ...known }: Transfer): Transfer {
  const told = Object.entries(known).filter(([, value]) => value !== null && value !== undefined);
  return { destination, ...Object.fromEntries(told), mode, status };
}
