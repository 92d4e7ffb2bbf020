"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { ChipPopup } from "@/components/filters/chip-popup";
import type { FilterChip, FilterEditor } from "@/components/filters/filter-chips";
import { Button } from "@/components/ui/button";
import type { SelectOption } from "@/components/ui/select";

interface FilterListProps {
  label: string;
  options: readonly SelectOption[];
  chosen: readonly string[];
  isMany: boolean;
  onChange: (values: string[]) => void;
}

/** A searchable list with arrow-key navigation and screen reader support. */
function FilterList({ label, options, chosen, isMany, onChange }: FilterListProps) {
  const known = options.filter(({ value }) => chosen.includes(value));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const take = (next: readonly SelectOption[]) => onChange(next.map(({ value }) => value));
  const list = (
    <>
      <Combobox.Input
        ref={input}
        aria-label={label}
        placeholder={`${label}…`}
        className="h-9 w-full border-line border-b bg-surface px-3 text-base outline-none placeholder:text-muted sm:text-sm pointer-coarse:h-11"
      />
      <Combobox.Empty className="text-muted text-sm [&:not(:empty)]:px-3 [&:not(:empty)]:py-2">
        No results
      </Combobox.Empty>
      <Combobox.List
        aria-label={label}
        className="max-h-[min(20rem,calc(var(--available-height)-3rem))] overflow-y-auto overscroll-contain p-1 empty:p-0"
      >
        {(option: SelectOption) => (
          <Combobox.Item
            key={option.value}
            value={option}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 py-1 outline-none data-highlighted:bg-hover pointer-coarse:min-h-11"
          >
            <span className="grid size-4 shrink-0 place-items-center">
              <Combobox.ItemIndicator>
                <Check aria-hidden className="size-4" />
              </Combobox.ItemIndicator>
            </span>
            <span dir="auto" className="wrap-anywhere min-w-0">
              {option.label}
            </span>
          </Combobox.Item>
        )}
      </Combobox.List>
    </>
  );
  return isMany ? (
    <Combobox.Root inline open multiple autoHighlight items={options} value={known} onValueChange={take}>
      {list}
    </Combobox.Root>
  ) : (
    <Combobox.Root
      inline
      open
      autoHighlight
      items={options}
      value={known[0] ?? null}
      onValueChange={(option) => take(option ? [option] : [])}
    >
      {list}
    </Combobox.Root>
  );
}

const field =
  "h-9 w-24 rounded-md border border-line-strong bg-surface px-2 text-base sm:text-sm pointer-coarse:h-11";

/** A range of numbers; an empty field means no limit. */
function RangeFields({ unit, min, max, onChange }: Extract<FilterEditor, { kind: "range" }>) {
  const toNumber = (text: string) => (text === "" ? null : Number(text));
  return (
    <fieldset className="flex items-center gap-2 p-3 text-sm">
      <legend className="sr-only">{unit}</legend>
      <input
        type="number"
        min={0}
        step="any"
        aria-label={`At least, ${unit}`}
        placeholder="Min"
        value={min ?? ""}
        onChange={({ target }) => onChange(toNumber(target.value), max)}
        className={field}
      />
      <span className="text-muted">to</span>
      <input
        type="number"
        min={0}
        step="any"
        aria-label={`At most, ${unit}`}
        placeholder="Max"
        value={max ?? ""}
        onChange={({ target }) => onChange(min, toNumber(target.value))}
        className={field}
      />
      <span aria-hidden className="text-muted">
        {unit}
      </span>
    </fieldset>
  );
}

interface TextFieldProps {
  label: string;
  editor: Extract<FilterEditor, { kind: "text" }>;
  onDone: () => void;
}

/** A text or a time; applied on submit. */
function TextField({ label, editor, onDone }: TextFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      className="flex items-center gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        editor.onChange(input.current?.value.trim() ?? "");
        onDone();
      }}
    >
      <input
        ref={input}
        type={editor.type}
        aria-label={label}
        defaultValue={editor.value}
        className="h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-base sm:text-sm pointer-coarse:h-11"
      />
      <Button type="submit" size="small" className="h-9">
        Apply
      </Button>
    </form>
  );
}

interface EditorProps {
  filter: FilterChip;
  onDone: () => void;
}

function Editor({ filter: { label, editor }, onDone }: EditorProps) {
  if (editor === null) return null;
  if (editor.kind === "range") return <RangeFields {...editor} />;
  if (editor.kind === "text") return <TextField label={label} editor={editor} onDone={onDone} />;
  const isMany = editor.kind === "many";
  return (
    <FilterList
      label={label}
      options={editor.options}
      chosen={isMany ? editor.values : editor.value === null ? [] : [editor.value]}
      isMany={isMany}
      onChange={(values) => {
        if (editor.kind === "many") return editor.onChange(values);
        editor.onChange(values[0] ?? null);
        onDone();
      }}
    />
  );
}

interface FilterPopupProps {
  filters: readonly FilterChip[];
  /** The filter to change; empty: the user picks one first. */
  name: string;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Editor of a filter, below its chip; a new filter is picked by name first. */
export function FilterPopup({ filters, name, anchor, onClose }: FilterPopupProps) {
  const [added, setAdded] = useState(name);
  const filter = filters.find((each) => each.name === added);
  return (
    <ChipPopup
      label={filter ? `Filter by ${filter.label.toLowerCase()}` : "Add filter"}
      anchor={anchor}
      className="w-[min(18rem,var(--available-width))] overflow-hidden"
      onClose={onClose}
    >
      {filter ? (
        <Editor key={filter.name} filter={filter} onDone={onClose} />
      ) : (
        <FilterList
          label="Filter by"
          options={filters
            .filter(({ words, editor }) => words === null && editor !== null)
            .map(({ name: value, label }) => ({ value, label }))}
          chosen={[]}
          isMany={false}
          onChange={([chosen]) => chosen !== undefined && setAdded(chosen)}
        />
      )}
    </ChipPopup>
  );
}
