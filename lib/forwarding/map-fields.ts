import type { Mapping } from "@/lib/forwarding/target";

/** The fields a mapping asks for, out of a whole body; null where there is nothing at a path. */
export function mapFields(body: object, mapping: Mapping): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).map(([name, path]) => [name, readPath(body, path)]));
}

function readPath(body: unknown, path: string): unknown {
  let value = body;
  for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return null;
    value = Reflect.get(value, step);
  }
  return value ?? null;
}
