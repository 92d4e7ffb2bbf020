"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { inputStyle, Labelled } from "@/components/form/field";
import { readUuid } from "@/lib/read-uuid";
import { type ResourceKind, resourcesQuery, toChoices, toResourceId } from "@/lib/vapi/resources";

interface ResourceFieldProps {
  kind: ResourceKind;
  label: string;
  /** Name of the form field that holds the ID. */
  name: string;
  /** An ID, or empty. */
  defaultValue?: string;
  hint?: string;
  required?: boolean;
}

/** Selects an assistant, squad or number by name. An ID can be typed instead. */
export function ResourceField({ kind, label, name, defaultValue = "", hint, required }: ResourceFieldProps) {
  const id = useId();
  const { data, isPending } = useQuery(resourcesQuery);
  const known = data?.[kind] ?? [];
  const choices = toChoices(known);
  /** Null until the user types: the name of the saved ID may load after the first render. */
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? choices.find((choice) => choice.id === defaultValue)?.label ?? defaultValue;
  const [isOpen, setOpen] = useState(false);
  const labels = choices.map((choice) => choice.label);
  const hasMatch = labels.some((each) => each.toLowerCase().includes(text.trim().toLowerCase()));
  const chosen = toResourceId(text, known);
  const isNamed = chosen !== text.trim();
  // The typed text may be a name that has not loaded yet.
  const isUnresolved = isPending && !!typed?.trim() && readUuid(text.trim()) === null;
  const { input, holdForm } = useHeldForm(isUnresolved);
  const below = isUnresolved ? "Loading names …" : isNamed ? `ID ${chosen}` : hint;
  return (
    <Labelled label={label} hint={below} id={id}>
      <input type="hidden" name={name} value={chosen} />
      <Autocomplete.Root
        items={labels}
        value={text}
        onValueChange={setTyped}
        open={isOpen && hasMatch}
        onOpenChange={setOpen}
        openOnInputClick
      >
        <Autocomplete.Input
          ref={input}
          id={id}
          onInvalid={holdForm}
          required={required}
          maxLength={200}
          spellCheck={false}
          placeholder="Name or ID"
          aria-describedby={below ? `${id}-hint` : undefined}
          className={`${inputStyle} h-10`}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} className="z-60">
            <Autocomplete.Popup className="max-h-72 w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-xl empty:hidden">
              <Autocomplete.List>
                {(choice: string) => (
                  <Autocomplete.Item
                    key={choice}
                    value={choice}
                    className="flex min-h-8 cursor-pointer items-center truncate rounded px-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-11"
                  >
                    <bdi>{choice}</bdi>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </Labelled>
  );
}

/** Blocks a form while `isHeld`; submits it afterwards if the user tried to in between. */
function useHeldForm(isHeld: boolean) {
  const input = useRef<HTMLInputElement>(null);
  const isSubmitted = useRef(false);
  useEffect(() => {
    input.current?.setCustomValidity(isHeld ? "Names are loading." : "");
    if (!isHeld && isSubmitted.current) input.current?.form?.requestSubmit();
    isSubmitted.current = false;
  }, [isHeld]);
  const holdForm = (event: { preventDefault: () => void }) => {
    if (!isHeld) return;
    event.preventDefault();
    isSubmitted.current = true;
  };
  return { input, holdForm };
}
