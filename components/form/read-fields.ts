import type { SyntheticEvent } from "react";

/** The text fields of a form by name; a file or a missing field is an empty text. */
export function readFields<Name extends string>(form: FormData, ...names: Name[]): Record<Name, string> {
  const entries = names.map((name) => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value : ""] as const;
  });
  // Object.fromEntries forgets which keys it was given.
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** For the onReset of a form with an action: leaves what was typed, for React empties the form, refused or not. */
export function keepFields(event: SyntheticEvent<HTMLFormElement>): void {
  event.preventDefault();
}

/** For a form's onSubmit: hands its fields over and leaves them as they are. An `action` empties them, refused or not. */
export function takeFields(take: (form: FormData) => void) {
  return (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    take(new FormData(event.currentTarget));
  };
}
