"use client";

import { useId, useSyncExternalStore } from "react";
import { Field } from "@/components/form/field";

interface ZoneFieldProps {
  label: string;
  name: string;
  /** Null: the viewer's own. */
  zone: string | null;
}

const never = () => () => {};
const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknownZone = () => "UTC";

/** A time zone by its IANA name, with all of them to choose from. */
export function ZoneField({ label, name, zone }: ZoneFieldProps) {
  const id = useId();
  // The server cannot know where the viewer is.
  const own = useSyncExternalStore(never, ownZone, unknownZone);
  return (
    <>
      <Field
        key={zone ?? own}
        label={label}
        name={name}
        list={id}
        required
        defaultValue={zone ?? own}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id={id} suppressHydrationWarning>
        {Intl.supportedValuesOf("timeZone").map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </>
  );
}
