import { z } from "zod";

const propertySchema = z.looseObject({
  type: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
});
const schemaSchema = z.looseObject({ properties: z.record(z.string(), propertySchema).default({}) });

const empties: Readonly<Record<string, unknown>> = {
  string: "",
  integer: 0,
  number: 0,
  boolean: false,
  array: [],
  object: {},
};

/** Arguments to begin typing with: every property of a JSON Schema, empty. */
export function toExample(parameters: Record<string, unknown>): Record<string, unknown> {
  const { properties } = schemaSchema.safeParse(parameters).data ?? { properties: {} };
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      property.default ?? property.enum?.[0] ?? empties[property.type ?? "string"] ?? null,
    ]),
  );
}
