import "server-only";
import { z } from "zod";
import type { Envelope } from "@/lib/webhook/server/envelope";
import { readSnapshot } from "@/lib/webhook/server/snapshot";

/** The call's data for a tool. Never stored: the control URL acts as a password. */
export interface CallInfo {
  id: string | null;
  customerNumber: string | null;
  customerName: string | null;
  /** Where Vapi accepts commands for the call while it is live; null if it accepts none. */
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
