import * as z from "zod";
import { BigInteger, stringifyJson } from "@/lib/lossless-json";
import { reservedNames } from "@/lib/tools/tool";
import { describeValue, fillText, listPlaceholders, readPath } from "@/lib/tools/values";

export const endpointMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export type EndpointMethod = (typeof endpointMethods)[number];

const name = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "Use letters, digits, _ and - only, at most 64.")
  .refine((text) => !reservedNames.includes(text.toLowerCase()), "This name is reserved by Earshot.");

const header = z.record(
  z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "Not a valid header name."),
  z
    .string()
    .max(4_000)
    .regex(/^[\x20-\x7E]*$/, "Header values are one line of plain characters."),
);

const url = z
  .string()
  .trim()
  .max(2_000)
  .refine(hasFixedOrigin, "Enter a full URL; {{placeholders}} are only allowed after the host.");

const parameters = z.looseObject({ type: z.literal("object") }).refine(isSchema, "Not a valid JSON Schema.");

/** The settings of an endpoint, which can be changed at any time. */
const settings = {
  name,
  description: z
    .string()
    .trim()
    .min(1, "Describe what it does, so that the assistant knows when to use it.")
    .max(1_000),
  /** `read` may be repeated; `write` has an effect and runs once. */
  effect: z.enum(["read", "write"]),
  method: z.enum(endpointMethods),
  url,
  parameters,
  /** JSON with `{{placeholders}}`; null: no body. */
  body: z.unknown().transform((value) => value ?? null),
  headers: header,
  sentence: z.string().trim().min(1, "Enter the reply to the assistant.").max(2_000),
  timeoutMs: z.int().min(500).max(20_000),
  isEnabled: z.boolean(),
};

/** `secrets`: headers that are never displayed. If a change leaves them out, the stored ones stay. */
export const endpointSchema = z
  .strictObject({ ...settings, secrets: header.optional() })
  .refine(({ method, body }) => body === null || method !== "GET", "GET has no body.")
  .refine(hasDeclaredPlaceholders, "Each {{placeholder}} must be one of the parameters' properties.");

export type NewEndpoint = z.infer<typeof endpointSchema>;

/** An endpoint as displayed, with only the names of its secret headers. */
export type Endpoint = Omit<NewEndpoint, "secrets"> & {
  id: string;
  secretNames: string[];
  /** False if they were sealed under another BETTER_AUTH_SECRET. */
  areSecretsReadable: boolean;
};

function hasFixedOrigin(template: string): boolean {
  const match = /^https?:\/\/[^/?#{}]+(?=[/?#]|$)/.exec(template);
  return match !== null && URL.canParse(match[0]) && new URL(match[0]).username === "";
}

function isSchema(schema: Record<string, unknown>): boolean {
  try {
    z.fromJSONSchema(schema);
    return true;
  } catch {
    return false;
  }
}

function hasDeclaredPlaceholders({
  url,
  body,
  parameters,
}: {
  url: string;
  body: unknown;
  parameters: object;
}) {
  const properties: unknown = Reflect.get(parameters, "properties") ?? {};
  return listPlaceholders(`${url} ${JSON.stringify(body)}`).every(
    (placeholder) =>
      typeof properties === "object" && properties !== null && Object.hasOwn(properties, placeholder),
  );
}

/** Fills in an endpoint's reply: `{{a.b.0}}` is the value at that path of the response, `{{answer}}` all of it. */
export function describeAnswer(sentence: string, answer: unknown): string {
  return fillText(sentence, (path) => describeValue(path === "answer" ? answer : readPath(answer, path)));
}

type Args = Readonly<Record<string, unknown>>;

/** Fills in a URL's placeholders. Each value is encoded, so it cannot add to the structure of the path or query. */
export function fillUrl(template: string, args: Args): URL {
  return new URL(fillText(template, (name) => encodePart(toText(args[name]))));
}

/** Fills in a JSON body's placeholders. A string that is only a placeholder becomes the argument itself, with its type. */
export function fillBody(template: unknown, args: Args): unknown {
  if (typeof template === "string") {
    const whole = /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(template)?.[1];
    return whole === undefined ? fillText(template, (name) => toText(args[name])) : (args[whole] ?? null);
  }
  if (Array.isArray(template)) return template.map((entry) => fillBody(entry, args));
  if (template === null || typeof template !== "object") return template;
  return Object.fromEntries(Object.entries(template).map(([key, entry]) => [key, fillBody(entry, args)]));
}

/** Encoding leaves dots as they are, and a path segment of only dots would lead upwards. */
function encodePart(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed());
  return /^\.{1,2}$/.test(encoded) ? "" : encoded;
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" && !(value instanceof BigInteger) ? stringifyJson(value) : String(value);
}
