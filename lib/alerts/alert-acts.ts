import { z } from "zod";

export const actKinds = ["acknowledge", "assign", "snooze", "note", "resolve"] as const;

/** Whoever acts: a person, or a script by its key's name. */
export const actorSchema = z.object({ id: z.string(), name: z.string() });

const done = z.object({ by: actorSchema, at: z.iso.datetime() });

/** Something somebody did about an alert. Inserted once. */
export const actSchema = z.object({
  kind: z.enum(actKinds),
  by: actorSchema,
  at: z.iso.datetime(),
  /** The words of a note, or those an alert was resolved with. */
  text: z.string().nullable(),
  /** Who it was given to; null where it was taken back, and for other acts. */
  assignee: actorSchema.nullable(),
});

/** What people have done about an alert so far. */
export const actsSchema = z.object({
  /** +1 per act: of two states the greater is the newer. */
  version: z.number().int(),
  acknowledged: done.nullable(),
  assignee: actorSchema.nullable(),
  snoozedUntil: z.iso.datetime().nullable(),
  resolved: done.nullable(),
  /** Oldest first. */
  log: z.array(actSchema),
});

export type Act = z.infer<typeof actSchema>;
export type ActKind = Act["kind"];
export type ActsState = z.infer<typeof actsSchema>;
export type AlertActor = z.infer<typeof actorSchema>;
