/** What stands at `a.b.0.c` of a JSON value, its own properties only; undefined when nothing does. */
export function readPath(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce(
      (holder, key) =>
        typeof holder === "object" && holder !== null && Object.hasOwn(holder, key)
          ? Reflect.get(holder, key)
          : undefined,
      value,
    );
}
