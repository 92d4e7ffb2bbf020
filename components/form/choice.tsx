"use client";

import { useEffect, useId, useRef, useState } from "react";
import { Select, type SelectOption } from "@/components/ui/select";

interface ChoiceProps {
  label: string;
  options: readonly SelectOption[];
  /** Shows the label only to screen readers, if the place makes it obvious. */
  isLabelHidden?: boolean;
  /** Submits the value with the form. */
  name?: string;
  defaultValue?: string;
  /** With `onChange`: a controlled value. */
  value?: string;
  onChange?: (value: string) => void;
  disabled?: boolean;
}

/** A labelled select that submits like any other field. */
export function Choice({
  label,
  options,
  isLabelHidden = false,
  name,
  defaultValue = options[0]?.value ?? "",
  value,
  onChange,
  disabled = false,
}: ChoiceProps) {
  const id = useId();
  const [own, setOwn] = useState(defaultValue);
  const field = useRef<HTMLInputElement>(null);
  const current = value ?? own;
  useEffect(() => {
    const form = field.current?.form;
    const reset = () => setOwn(defaultValue);
    form?.addEventListener("reset", reset);
    return () => form?.removeEventListener("reset", reset);
  }, [defaultValue]);
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "font-medium text-sm"}>
        {label}
      </label>
      <Select
        id={id}
        label={null}
        value={current}
        options={options}
        disabled={disabled}
        onChange={(chosen) => {
          setOwn(chosen);
          onChange?.(chosen);
        }}
        className="h-10 w-full border-line-strong pr-2.5 pl-3 max-sm:text-base"
      />
      {name !== undefined && (
        <input ref={field} type="hidden" name={name} value={current} disabled={disabled} />
      )}
    </div>
  );
}
