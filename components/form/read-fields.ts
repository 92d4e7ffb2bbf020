/** The text fields of a form by name; a file or a missing field is an empty text. */
export function readFields<Name extends string>(form: FormData, ...names: Name[]): Record<Name, string> {
  const entries = names.map((name) => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value : ""] as const;
  });
  // Object.fromEntries forgets which keys it was given.
  return Object.fromEntries(entries) as Record<Name, string>;
}
