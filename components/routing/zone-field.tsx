"use client";

import { useId } from "react";
import { useViewerZone } from "@/components/clock/use-zone";
import { Field } from "@/components/form/field";

interface ZoneFieldProps {
  label: string;
  name: string;
  /** Null for the viewer's own zone. */
  zone: string | null;
}

/** A time zone by IANA name, with suggestions. */
export function ZoneField({ label, name, zone }: ZoneFieldProps) {
  const id = useId();
  // The server does not know the viewer's zone.
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
