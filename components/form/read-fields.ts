import type { SyntheticEvent } from "react";

/** Reads text fields of a form by name; a file or a missing field reads as an empty text. */
export function readFields<Name extends string>(form: FormData, ...names: Name[]): Record<Name, string> {
  const entries = names.map((name) => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value : ""] as const;
  });
  // Object.fromEntries loses the key type.
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** For the onReset of a form with an action: keeps the fields, which React otherwise resets even after an error. */
export function keepFields(event: SyntheticEvent<HTMLFormElement>): void {
  event.preventDefault();
}

/** For a form's onSubmit: passes its fields on without resetting them, as an `action` would even after an error. */
export function takeFields(take: (form: FormData) => void) {
  return (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    take(new FormData(event.currentTarget));
  };
}
