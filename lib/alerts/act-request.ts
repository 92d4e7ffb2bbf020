import { z } from "zod";
import { actKinds } from "@/lib/alerts/alert-acts";

const text = z.string().trim().min(1).max(2_000);
const longestSnoozeMinutes = 24 * 60;

/** One thing somebody asks to be done about an alert: the kind stands in the URL, the rest is the request's body. */
export const actRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acknowledge") }),
  /** `from`: whom the asker believes to have it; if somebody else has by now, they are told so. */
  z.strictObject({ kind: z.literal("assign"), to: z.string().nullable(), from: z.string().nullable() }),
  /** Minutes from now; 0 wakes it up. */
  z.strictObject({ kind: z.literal("snooze"), minutes: z.number().int().min(0).max(longestSnoozeMinutes) }),
  z.strictObject({ kind: z.literal("note"), text }),
  z.strictObject({ kind: z.literal("resolve"), text: text.nullable().default(null) }),
]);

export type ActRequest = z.infer<typeof actRequestSchema>;

export const actKindSchema = z.enum(actKinds);
