import { useState } from "react";

/** The text of a field whose value is kept elsewhere; replaced when that value changes other than by `setSaid`. */
export function useTyped(value: string) {
  const [typed, setTyped] = useState(value);
  const [said, setSaid] = useState(value);
  if (value !== said) {
    // Changed from outside: a saved filter, the back button.
    setSaid(value);
    setTyped(value);
  }
  return { typed, setTyped, setSaid };
}
