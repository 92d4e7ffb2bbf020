import type { PayloadPart } from "@/lib/webhook/credentials/known";

const field = /\{(timestamp|body|method|url|svix-id)\}/;

/** `{timestamp}.{body}` → timestamp, ".", body. What stands in braces and is no field is text. */
export function toPayloadParts(format: string): PayloadPart[] {
  // With a group in the pattern, split() returns text and fields in turn.
  return format
    .split(field)
    .map((part, index) => (index % 2 === 1 ? { field: part as FieldName } : { text: part }))
    .filter((part) => "field" in part || part.text !== "");
}

type FieldName = Extract<PayloadPart, { field: unknown }>["field"];

/** Whether a field takes part in what is signed. */
export function hasField(payload: readonly PayloadPart[], name: FieldName): boolean {
  return payload.some((part) => "field" in part && part.field === name);
}
