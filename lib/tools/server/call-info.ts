import "server-only";
import { z } from "zod";
import type { Envelope } from "@/lib/webhook/server/envelope";
import { readSnapshot } from "@/lib/webhook/server/snapshot";

/** What a tool may know of the call it is used on. Never kept: the control URL is a password. */
export interface CallInfo {
  id: string | null;
  customerNumber: string | null;
  customerName: string | null;
  /** Where Vapi takes orders for this call while it goes on; null where it takes none. */
  controlUrl: string | null;
}

const monitorSchema = z.looseObject({
  call: z.looseObject({ monitor: z.looseObject({ controlUrl: z.url() }) }),
});

export function toCallInfo({ message, callId, at }: Envelope): CallInfo {
  const { customerNumber, customerName } = readSnapshot(message, at);
  return {
    id: callId,
    customerNumber: customerNumber ?? null,
    customerName: customerName ?? null,
    controlUrl: monitorSchema.safeParse(message).data?.call.monitor.controlUrl ?? null,
  };
}
