"use client";

import { useId } from "react";
import { useViewerZone } from "@/components/clock/clock";
import { Field } from "@/components/form/field";

interface ZoneFieldProps {
  label: string;
  name: string;
  /** Null: the viewer's own. */
  zone: string | null;
}

/** A time zone by its IANA name, with all of them to choose from. */
export function ZoneField({ label, name, zone }: ZoneFieldProps) {
  const id = useId();
  // The server cannot know where the viewer is.
  const own = useViewerZone() ?? "UTC";
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
