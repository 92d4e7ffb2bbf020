import { z } from "zod";

/** Vapi's `TransferDestinationNumber`, `…Sip` and `…Assistant`; whatever more they have (a message, a plan) goes along. */
export const transferDestinationSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("number"), number: z.string().min(3).max(40) }),
  z.looseObject({ type: z.literal("sip"), sipUri: z.string().min(5) }),
  z.looseObject({ type: z.literal("assistant"), assistantName: z.string().min(1) }),
]);

export type TransferDestination = z.infer<typeof transferDestinationSchema>;
