import { type TransferDestination, transferDestinationSchema } from "@/lib/routing/transfer-destination";

const number = /^\+?\d[\d\s().\-/]{3,38}$/;

/**
 * Where to transfer to, as people and contexts write it: a number, a SIP address, an assistant's name, or one of
 * Vapi's destinations. Null for what is none of them.
 */
export function readTransferDestination(value: unknown): TransferDestination | null {
  if (typeof value !== "string") return transferDestinationSchema.safeParse(value).data ?? null;
  const text = value.trim();
  if (text === "") return null;
  if (/^sips?:\S+$/i.test(text)) return { type: "sip", sipUri: text };
  if (number.test(text)) return { type: "number", number: text.replace(/[^\d+]/g, "") };
  return { type: "assistant", assistantName: text };
}
