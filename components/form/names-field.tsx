"use client";

import { Combobox } from "@base-ui/react/combobox";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { inputStyle, Labelled } from "@/components/form/field";
import type { SelectOption } from "@/components/ui/select";

interface NamesFieldProps {
  label: string;
  placeholder: string;
  options: readonly SelectOption[];
  /** IDs; one without an option is shown as it is. */
  values: readonly string[];
  onChange: (values: string[]) => void;
}

/** Selects several items by name. An ID that is not listed can be typed. */
export function NamesField({ label, placeholder, options, values, onChange }: NamesFieldProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const toOption = (value: string) => options.find((each) => each.value === value) ?? { value, label: value };
  const typed = query.trim();
  const isListed = options.some(
    (option) => option.value === typed || option.label.toLowerCase() === typed.toLowerCase(),
  );
  const items =
    typed === "" || isListed || values.includes(typed)
      ? [...options]
      : [...options, { value: typed, label: typed }];
  return (
    <Labelled label={label} id={id}>
      <Combobox.Root
        multiple
        autoHighlight
        items={items}
        value={values.map(toOption)}
        isItemEqualToValue={(a, b) => a.value === b.value}
        onValueChange={(chosen) => {
          onChange(chosen.map(({ value }) => value));
          setQuery("");
        }}
        inputValue={query}
        onInputValueChange={setQuery}
      >
        <Combobox.Chips
          aria-label={`${label}: chosen`}
          className={`${inputStyle} flex min-h-10 flex-wrap items-center gap-1 py-1 focus-within:outline-2 focus-within:outline-accent`}
        >
          {values.map(toOption).map((option) => (
            <Combobox.Chip
              key={option.value}
              aria-label={option.label}
              className="flex min-w-0 max-w-full items-center gap-1 rounded bg-raised pl-2 outline-none focus:outline-2 focus:outline-accent"
            >
              <span dir="auto" className="truncate">
                {option.label}
              </span>
              <Combobox.ChipRemove
                aria-label={`Remove ${option.label}`}
                className="grid size-7 shrink-0 place-items-center rounded text-muted hover:text-ink pointer-coarse:size-9"
              >
                <X aria-hidden className="size-3.5" />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input
            id={id}
            spellCheck={false}
            maxLength={200}
            placeholder={values.length === 0 ? placeholder : ""}
            className="h-8 min-w-24 flex-1 bg-transparent outline-none placeholder:text-muted"
          />
        </Combobox.Chips>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-60">
            <Combobox.Popup className="max-h-72 w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-xl">
              <Combobox.Empty className="text-muted text-sm [&:not(:empty)]:px-2 [&:not(:empty)]:py-1.5">
                No results. Type an ID.
              </Combobox.Empty>
              <Combobox.List>
                {(option: SelectOption) => (
                  <Combobox.Item
                    key={option.value}
                    value={option}
                    className="flex min-h-8 cursor-pointer items-center rounded px-2 outline-none data-highlighted:bg-hover data-selected:font-medium pointer-coarse:min-h-11"
                  >
                    <bdi className="wrap-anywhere min-w-0">{option.label}</bdi>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </Labelled>
  );
}
