import { z } from "zod";
import { auditActionSchema } from "@/lib/audit/audit-action";

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** Which entries of the audit log are asked for, as the page's URL and the API say it. Days are UTC, both included. */
export const auditFilterSchema = z.object({
  action: optional(auditActionSchema),
  /** Part of the name of whoever did it, or of what it was done to. */
  q: optional(z.string().trim().max(200)),
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  /** The last id of the page before: entries come newest first. */
  before: optional(z.coerce.number().int().positive()),
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;
