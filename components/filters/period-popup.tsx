"use client";

import { type RefObject, useState } from "react";
import { type DateRange, DayPicker } from "react-day-picker";
import { ChipPopup } from "@/components/filters/chip-popup";
import { type PeriodChoice, periodNames, periods, toDays } from "@/lib/periods";
import { dayOf, ownZone } from "@/lib/zones";

interface PeriodPopupProps {
  value: PeriodChoice;
  canBeAny: boolean;
  anchor: RefObject<HTMLElement | null>;
  onChange: (value: PeriodChoice) => void;
  onClose: () => void;
}

const anyTime: PeriodChoice = { period: null, from: null, to: null };

const dayButton =
  "mx-auto grid size-9 place-items-center rounded-md hover:bg-hover disabled:pointer-events-none disabled:text-faint pointer-coarse:size-11";

/** Classes by the calendar's own part names. */
const calendarStyle = {
  root: "relative text-sm",
  month_caption: "flex h-9 items-center px-2 font-medium",
  month_grid: "w-full border-collapse",
  nav: "absolute top-0 right-0 flex",
  button_previous:
    "grid size-9 place-items-center rounded-md text-muted hover:bg-hover pointer-coarse:size-11",
  button_next:
    "grid size-9 place-items-center rounded-md text-muted hover:bg-hover aria-disabled:opacity-40 pointer-coarse:size-11",
  chevron: "size-4 fill-current",
  weekday: "h-8 text-center font-normal text-muted text-xs",
  day: "p-0 text-center",
  day_button: dayButton,
  today: "font-semibold underline",
  outside: "text-faint",
  range_start: "rounded-l-md bg-accent-soft [&>button]:bg-accent [&>button]:text-accent-ink",
  range_middle: "bg-accent-soft",
  range_end: "rounded-r-md bg-accent-soft [&>button]:bg-accent [&>button]:text-accent-ink",
  hidden: "invisible",
} as const;

const field =
  "h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2 text-base sm:text-sm pointer-coarse:h-11";

/** Named periods next to a calendar for a custom range. */
export function PeriodPopup({ value, canBeAny, anchor, onChange, onClose }: PeriodPopupProps) {
  const today = dayOf(Date.now(), ownZone());
  const shown = value.period ? toDays(value.period, today) : value;
  const [draft, setDraft] = useState<DateRange>({ from: toDate(shown.from), to: toDate(shown.to) });

  function choose(next: PeriodChoice) {
    onChange(next);
    onClose();
  }

  /** Applies a range once both ends are selected. */
  function pick(range: DateRange | undefined, clicked: Date) {
    const isNew = draft.from === undefined || draft.to !== undefined;
    const next = isNew ? { from: clicked, to: undefined } : (range ?? { from: undefined });
    setDraft(next);
    if (!isNew && next.from && next.to) choose({ period: null, from: toDay(next.from), to: toDay(next.to) });
  }

  function type(days: Partial<Pick<PeriodChoice, "from" | "to">>) {
    const next = { from: shown.from, to: shown.to, ...days };
    setDraft({ from: toDate(next.from), to: toDate(next.to) });
    onChange({ period: null, ...next });
  }

  return (
    <ChipPopup
      label="Period"
      anchor={anchor}
      className="flex max-h-(--available-height) max-w-(--available-width) overflow-y-auto max-sm:flex-col"
      onClose={onClose}
    >
      <ul
        aria-label="Presets"
        className="flex border-line p-1 max-sm:flex-wrap max-sm:border-b sm:w-36 sm:flex-col sm:border-r"
      >
        {canBeAny && (
          <PresetItem
            words="Any time"
            isChosen={value.period === null && value.from === null && value.to === null}
            onChoose={() => choose(anyTime)}
          />
        )}
        {periodNames.map((name) => (
          <PresetItem
            key={name}
            words={periods[name]}
            isChosen={value.period === name}
            onChoose={() => choose({ period: name, from: null, to: null })}
          />
        ))}
      </ul>
      <div className="grid content-start gap-2 p-2">
        <DayPicker
          mode="range"
          weekStartsOn={1}
          selected={draft}
          onSelect={(range, clicked) => pick(range, clicked)}
          {...(draft.from && { defaultMonth: draft.to ?? draft.from })}
          endMonth={toDate(today) ?? new Date()}
          disabled={{ after: toDate(today) ?? new Date() }}
          classNames={calendarStyle}
        />
        <div className="flex items-center gap-2">
          <input
            type="date"
            aria-label="From day"
            value={shown.from ?? ""}
            max={shown.to ?? today}
            onChange={({ target }) => type({ from: target.value || null })}
            className={field}
          />
          <span className="text-muted">to</span>
          <input
            type="date"
            aria-label="To day"
            value={shown.to ?? ""}
            min={shown.from ?? undefined}
            max={today}
            onChange={({ target }) => type({ to: target.value || null })}
            className={field}
          />
        </div>
      </div>
    </ChipPopup>
  );
}

interface PresetItemProps {
  words: string;
  isChosen: boolean;
  onChoose: () => void;
}

function PresetItem({ words, isChosen, onChoose }: PresetItemProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className="flex min-h-8 w-full items-center rounded px-2 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:font-medium pointer-coarse:min-h-11"
      >
        {words}
      </button>
    </li>
  );
}

/** The calendar works in the browser's local days. */
function toDate(day: string | null): Date | undefined {
  if (day === null || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

function toDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
