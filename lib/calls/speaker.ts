import { z } from "zod";

/** The two voices of a call, by Vapi's names. */
export const speakerSchema = z.enum(["user", "assistant"]);

export type Speaker = z.infer<typeof speakerSchema>;
