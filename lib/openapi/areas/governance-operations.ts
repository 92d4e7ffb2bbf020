import * as z from "zod";
import { auditExportSchema, auditFilterSchema } from "@/lib/audit/audit";
import type { Operation } from "@/lib/openapi/operation";
import { deletionSchema, retentionSchema, subjectCountsSchema, subjectSchema } from "@/lib/privacy/subject";

export const governanceOperations: readonly Operation[] = [
  {
    path: "/api/privacy/retention",
    method: "GET",
    summary: "How many days each kind of data is kept",
    answer: retentionSchema,
  },
  {
    path: "/api/privacy/retention",
    method: "PUT",
    summary: "Set how many days each kind of data is kept",
    body: { schema: retentionSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/privacy/preview",
    method: "POST",
    summary: "How much is kept about a caller",
    body: { schema: subjectSchema },
    answer: subjectCountsSchema,
  },
  {
    path: "/api/privacy/deletion",
    method: "POST",
    summary: "Delete everything about a caller; what `remaining` counts takes another request",
    body: { schema: deletionSchema },
    answer: z.object({ calls: z.int(), remaining: z.int() }),
  },
  {
    path: "/api/audit",
    method: "GET",
    summary: "The audit log, newest first; give `nextBefore` back as `before`",
    query: auditFilterSchema,
    answer: z.object({ entries: z.array(z.looseObject({})), nextBefore: z.unknown() }),
  },
  {
    path: "/api/audit/export",
    method: "GET",
    summary: "The filtered audit log as a file",
    query: auditExportSchema,
    answer: {
      type: "text/csv",
      description: "Comma-separated values, or with `format=jsonl` a JSON object a line.",
    },
  },
];
