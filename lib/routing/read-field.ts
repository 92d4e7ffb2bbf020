/** What stands in a context at a path such as `customer.tier`; undefined where nothing does. Arrays are read by index. */
export function readField(context: unknown, path: string): unknown {
  let value = context;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value;
}
