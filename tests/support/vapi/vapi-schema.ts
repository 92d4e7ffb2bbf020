import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

export type JsonSchema = Record<string, unknown>;
export type Schemas = Readonly<Record<string, JsonSchema>>;

const file = join(process.cwd(), "../shared/vapi/openapi-messages.json");

/** Parts of Vapi's file that are not valid JSON Schema: patterns written as `/…/u`, formats that are objects, empty enums. */
const misfits: Readonly<Record<string, (value: unknown) => boolean>> = {
  pattern: (value) => typeof value !== "string" || value.startsWith("/"),
  format: (value) => typeof value !== "string",
  enum: (value) => Array.isArray(value) && value.length === 0,
  discriminator: () => true,
};

/** Vapi's own schema of its messages by name, or null where the file is missing: it is not ours to distribute. */
export const vapiSchemas: Schemas | null = existsSync(file)
  ? fixSchema(JSON.parse(readFileSync(file, "utf8")).components.schemas)
  : null;

/** The schemas of server messages by wire name. */
export function messageSchemas(schemas: Schemas): Map<string, JsonSchema> {
  return new Map(
    Object.entries(schemas)
      .filter(([name]) => /^ServerMessage(?!Response)./.test(name))
      .flatMap(([, schema]) => wireNames(schema).map((type) => [type, pinType(schema, type)] as const)),
  );
}

/** Compiles a validator for one of the schemas, including `$ref`s. */
export function validatorOf(schema: JsonSchema, schemas: Schemas): ValidateFunction {
  let ajv = compilers.get(schemas);
  if (!ajv) {
    ajv = createCompiler(schemas);
    compilers.set(schemas, ajv);
  }
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"vapi#/components/')));
}

/** One for each set of schemas, so that each schema that others refer to is compiled once. */
const compilers = new WeakMap<Schemas, Ajv>();

function createCompiler(schemas: Schemas): Ajv {
  // Optimizing the code of such large schemas takes far longer than running it as it is.
  const ajv = new Ajv({ strict: false, validateSchema: false, logger: false, code: { optimize: false } });
  addFormats.default(ajv);
  return ajv.addSchema({ $id: "vapi", components: { schemas } });
}

function wireNames(schema: JsonSchema): string[] {
  const type = (schema.properties as Record<string, { enum?: string[] }>).type;
  return type?.enum ?? [];
}

/** Makes the type required even if Vapi's schema does not: a message must have one. */
function pinType(schema: JsonSchema, type: string): JsonSchema {
  const required = [...new Set([...((schema.required as string[] | undefined) ?? []), "type"])];
  const properties = { ...(schema.properties as object), type: { type: "string", enum: [type] } };
  return { ...schema, required, properties };
}

/** Vapi's `oneOf` alternatives overlap (a bot's message also matches a user's), so they become `anyOf`. */
function fixSchema<T>(value: T): T {
  if (Array.isArray(value)) return value.map(fixSchema) as T;
  if (value === null || typeof value !== "object") return value;
  // An enum next to "array" is meant for the items; one next to "object" means that the value is a text.
  const odd =
    "enum" in value &&
    Array.isArray(value.enum) &&
    "type" in value &&
    { array: "enum", object: "type" }[String(value.type)];
  const kept = Object.entries(value).filter(([key, entry]) => !misfits[key]?.(entry) && key !== odd);
  return Object.fromEntries(
    kept.map(([key, entry]) => [key === "oneOf" && Array.isArray(entry) ? "anyOf" : key, fixSchema(entry)]),
  ) as T;
}
