import { BigInteger, stringifyJson } from "@/lib/lossless-json";
import { fillText } from "@/lib/tools/fill-text";

type Args = Readonly<Record<string, unknown>>;

/** A URL with its placeholders filled in, each encoded: an argument is a part of a path or query, never a new one. */
export function fillUrl(template: string, args: Args): URL {
  return new URL(fillText(template, (name) => encodePart(toText(args[name]))));
}

/** A JSON body with its placeholders filled in. A text that is nothing but a placeholder becomes the argument itself. */
export function fillBody(template: unknown, args: Args): unknown {
  if (typeof template === "string") {
    const whole = /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(template)?.[1];
    return whole === undefined ? fillText(template, (name) => toText(args[name])) : (args[whole] ?? null);
  }
  if (Array.isArray(template)) return template.map((entry) => fillBody(entry, args));
  if (template === null || typeof template !== "object") return template;
  return Object.fromEntries(Object.entries(template).map(([key, entry]) => [key, fillBody(entry, args)]));
}

/** Encoded, a dot stays a dot, and a part that is only dots leads upwards. */
function encodePart(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed());
  return /^\.{1,2}$/.test(encoded) ? "" : encoded;
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" && !(value instanceof BigInteger) ? stringifyJson(value) : String(value);
}
