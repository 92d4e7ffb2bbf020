import fc from "fast-check";
import type { JsonSchema } from "@/tests/support/vapi/vapi-schema";

/** Depth down to which optional properties are generated; below, only required ones are. */
const maxDepth = 4;

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "date-time": fc
    .date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  uri: fc.webUrl(),
  uuid: fc.uuid(),
};

/** Words, any Unicode, and characters that databases reject. */
const texts = fc.oneof(
  fc.constantFrom(
    "",
    "Hello",
    "+15550100103",
    "null",
    "😀 ¿Qué?",
    "a\u0000b",
    "\ud800",
    "'; drop table calls",
  ),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);

/** Generates random values that match a JSON Schema (OpenAPI's dialect, with `$ref`s into `schemas`). */
export function fromJsonSchema(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  depth = 0,
): fc.Arbitrary<unknown> {
  const go = (inner: JsonSchema, deeper = depth) => fromJsonSchema(inner, schemas, deeper);
  if (typeof schema.$ref === "string") return fc.constant(null).chain(() => go(resolve(schema, schemas)));
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.anyOf)) return fc.constantFrom(...schema.anyOf).chain((choice) => go(choice));
  if (Array.isArray(schema.allOf)) return go(merge([schema, ...schema.allOf], schemas));
  if (schema.nullable === true && depth > 0)
    return fc.oneof(fc.constant(null), go({ ...schema, nullable: false }));
  switch (schema.type) {
    case "string":
      return text(schema);
    case "number":
    case "integer":
      return number(schema);
    case "boolean":
      return fc.boolean();
    case "array":
      return list(schema, (item) => go(item, depth + 1));
    default:
      return object(schema, depth, (inner) => go(inner, depth + 1));
  }
}

function resolve(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const name = String(schema.$ref).split("/").at(-1) ?? "";
  return schemas[name] ?? {};
}

function merge(parts: JsonSchema[], schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { allOf: _, ...all } = Object.assign(
    {},
    ...parts.map((part) => (part.$ref ? resolve(part, schemas) : part)),
  );
  return all;
}

function text({ format, minLength = 0, maxLength = 60 }: JsonSchema): fc.Arbitrary<string> {
  const [min, max] = [Number(minLength), Number(maxLength)];
  // Counts characters, as JSON Schema does, not UTF-16 units.
  const fit = (value: string) => {
    const cut = [...value].slice(0, max);
    return cut.join("") + "x".repeat(Math.max(0, min - cut.length));
  };
  return formats[String(format)] ?? texts.map(fit);
}

function number({ type, minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = Number(minimum ?? -1e6);
  const max = Number(maximum ?? Math.max(2e12, min));
  const whole = fc
    .maxSafeInteger()
    .map((value) => Math.min(Math.floor(max), Math.max(Math.ceil(min), value % 3e12)));
  return type === "integer" ? whole : fc.oneof(whole, fc.double({ min, max, noNaN: true }));
}

function list(
  { items = {}, minItems = 0, maxItems = 4 }: JsonSchema,
  go: (item: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown[]> {
  const [min, max] = [Number(minItems), Number(maxItems)];
  return fc.array(go(items as JsonSchema), { minLength: min, maxLength: Math.max(min, Math.min(max, 3)) });
}

function object(
  schema: JsonSchema,
  depth: number,
  go: (inner: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const required = new Set((schema.required ?? []) as string[]);
  const optional = properties.map(([name]) => name).filter((name) => !required.has(name));
  const some = fc.subarray(optional, { maxLength: depth < maxDepth ? Math.min(6, optional.length) : 0 });
  const { additionalProperties: more } = schema;
  if (properties.length === 0 && typeof more === "object" && more !== null)
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), go(more as JsonSchema), { maxKeys: 2 });
  if (properties.length === 0)
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), {
      maxKeys: 3,
    });
  return some.chain((chosen) => {
    const taken = properties.filter(([name]) => required.has(name) || chosen.includes(name));
    return fc.record(Object.fromEntries(taken.map(([name, inner]) => [name, go(inner)])));
  });
}
