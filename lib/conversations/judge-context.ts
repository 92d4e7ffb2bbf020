import { contextLimits } from "@/lib/conversations/context-limits";

type Path = readonly (string | number)[];

/**
 * Why something cannot be a conversation's context, or a patch of one, as a sentence that names the place; null when it
 * can. A patch is an object like any other (RFC 7396), in which null stands for "without this key".
 */
export function judgeContext(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return "A context is a JSON object: { … }.";
  const fault = findFault(value, []);
  if (fault) return fault;
  const bytes = new TextEncoder().encode(JSON.stringify(value)).byteLength;
  if (bytes <= contextLimits.bytes) return null;
  return `A context may have ${contextLimits.bytes / 1024} KB; this has ${Math.ceil(bytes / 1024)} KB.`;
}

function findFault(value: unknown, path: Path): string | null {
  switch (typeof value) {
    case "string":
      return findTextFault(value, path);
    case "number":
      return Number.isFinite(value) ? null : `${nameOf(path)} is too great a number.`;
    case "boolean":
      return null;
    case "object":
      return value && findPartFault(value, path);
    default:
      return `${nameOf(path)} is nothing JSON can say.`;
  }
}

function findPartFault(value: object, path: Path): string | null {
  if (path.length >= contextLimits.depth)
    return `${nameOf(path)} lies deeper than ${contextLimits.depth} levels.`;
  for (const [key, part] of Object.entries(value)) {
    const partPath = [...path, Array.isArray(value) ? Number(key) : key];
    const fault = findKeyFault(key, partPath) ?? findFault(part, partPath);
    if (fault) return fault;
  }
  return null;
}

/** Every JavaScript object knows these names: a merge that meets one as data leaves the object's own behaviour. */
function findKeyFault(key: string, path: Path): string | null {
  if (key in Object.prototype || key === "prototype")
    return `"${key}" cannot be the name of a key: ${nameOf(path)}.`;
  return findTextFault(key, path);
}

/** PostgreSQL keeps every text but these. */
function findTextFault(text: string, path: Path): string | null {
  if (text.includes("\u0000")) return `${nameOf(path)} holds the character U+0000, which cannot be kept.`;
  return /\p{Surrogate}/u.test(text) ? `${nameOf(path)} holds half a character, which cannot be kept.` : null;
}

function nameOf(path: Path): string {
  return path.length === 0 ? "The context" : path.join(".");
}
