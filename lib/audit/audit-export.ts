import { z } from "zod";
import { auditFilterSchema } from "@/lib/audit/audit-filter";

/** Which part of the audit log is taken away, and as what. */
export const auditExportSchema = auditFilterSchema.extend({ format: z.enum(["csv", "jsonl"]) });
