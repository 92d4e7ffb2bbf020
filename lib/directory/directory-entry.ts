import { z } from "zod";
import { openingHoursSchema } from "@/lib/directory/opening-hours";

const spoken = z.string().trim().max(500).nullable();

const shared = {
  team: z.string().trim().min(1, "Name the team.").max(60),
  message: spoken,
  closedMessage: spoken,
  hours: openingHoursSchema.nullable(),
};

/** A team as an admin writes it. Numbers are E.164: what else a carrier makes of one is anybody's guess. */
export const newEntrySchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("number"),
    ...shared,
    address: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, "Write the number with its country code, like +15550100123."),
    extension: z
      .string()
      .regex(/^\d{1,10}$/, "An extension has only digits.")
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal("sip"),
    ...shared,
    address: z.string().regex(/^sips?:[^\s@]+@[^\s@]+$/, "A SIP address is like sip:billing@example.com."),
    extension: z.null(),
  }),
]);

export type NewEntry = z.infer<typeof newEntrySchema>;

export type DirectoryEntry = NewEntry & { id: string };
