"use client";

import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
}

/** Turns labels by value into options, in order. */
export function toOptions<Value extends string>(
  words: Readonly<Record<Value, string>>,
): SelectOption<Value>[] {
  return (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));
}

interface SelectProps<Value extends string> {
  /** For screen readers; null if a `<label>` refers to `id`. */
  label: string | null;
  id?: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  className?: string;
}

/**
 * Selects one option of a list. The button renders with the page; Base UI's list is loaded when a pointer or the
 * keyboard first reaches it. Typing the start of a label selects it, as in a native select.
 */
export function Select<Value extends string>({
  label,
  id,
  value,
  options,
  onChange,
  disabled = false,
  className,
}: SelectProps<Value>) {
  const ownId = useId();
  const [list, setList] = useState<typeof import("@/components/ui/select-popup") | null>(null);
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const selected = options.find((option) => option.value === value);

  async function load() {
    const loaded = await import("@/components/ui/select-popup").catch(() => null);
    if (loaded) setList(loaded);
    return loaded;
  }

  function toggle() {
    setOpen(!isOpen);
    void load();
  }

  function choose(wanted: string | undefined) {
    const option = options.find((each) => each.value === wanted);
    if (option && option !== selected) onChange(option.value);
  }

  async function handleKey(event: KeyboardEvent) {
    if (isOpen) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      toggle();
    } else choose((await load())?.findTyped(options, value, event));
  }

  return (
    <>
      <button
        ref={anchor}
        type="button"
        id={id}
        role="combobox"
        aria-label={label ?? undefined}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={isOpen && list ? `${ownId}-list` : undefined}
        disabled={disabled}
        data-value={value}
        onPointerEnter={load}
        onFocus={load}
        onClick={toggle}
        onKeyDown={handleKey}
        className={classNames(
          "inline-flex h-8 min-w-0 items-center justify-between gap-1.5 rounded-md border border-line bg-surface pr-1.5 pl-2 text-ink text-sm",
          "hover:border-line-strong disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:h-11",
          className,
        )}
      >
        <span dir="auto" className="truncate">
          {selected?.label ?? value}
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </button>
      {isOpen && list && (
        <list.SelectPopup
          id={ownId}
          label={label}
          labelledBy={id}
          value={value}
          options={options}
          anchor={anchor}
          onChoose={choose}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
