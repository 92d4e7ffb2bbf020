import { z } from "zod";
import type { Transfer } from "@/lib/calls/report";

const text = z.string().nullish().catch(null);

const transferSchema = z.looseObject({
  destination: z
    .union([z.string(), z.looseObject({ number: text, sipUri: text, assistantName: text, type: text })])
    .nullish()
    .catch(null),
  mode: text,
  status: text,
});

/** `artifact.transfers`: where the call was passed on to, and what came of it. */
export function readTransfers(transfers: readonly unknown[] | null | undefined): Transfer[] {
  return (transfers ?? []).flatMap((entry) => {
    const transfer = transferSchema.safeParse(entry).data;
    if (!transfer) return [];
    const { destination, mode = null, status = null } = transfer;
    return [{ destination: toText(destination), mode, status }];
  });
}

function toText(destination: z.infer<typeof transferSchema>["destination"]): string | null {
  if (!destination || typeof destination === "string") return destination || null;
  return destination.number ?? destination.sipUri ?? destination.assistantName ?? destination.type ?? null;
}
