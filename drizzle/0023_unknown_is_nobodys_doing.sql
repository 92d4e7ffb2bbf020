-- Vapi's own "unknown" is nobody's doing: it was taken for a good end.
UPDATE "call_documents" SET "ended_group" = NULL FROM "calls"
WHERE "calls"."id" = "call_documents"."call_id" AND "calls"."ended_reason" = 'unknown';
