"use client";

import { CalendarDays, ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { loadCode } from "@/components/ui/load-later";
import { type PeriodChoice, periods } from "@/lib/periods";

/** Loaded with its calendar when the button is first pressed. */
const PeriodPopup = dynamic(
  () => loadCode(() => import("@/components/filters/period-popup")).then((module) => module.PeriodPopup),
  { ssr: false },
);

interface PeriodButtonProps {
  value: PeriodChoice;
  /** Whether "Any time" is allowed. */
  canBeAny?: boolean;
  onChange: (value: PeriodChoice) => void;
}

/** Selects a range of days, as a named period or in a calendar. */
export function PeriodButton({ value, canBeAny = false, onChange }: PeriodButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={`Period: ${describePeriod(value)}`}
        onClick={() => setOpen(!isOpen)}
        className="reach inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md border border-line bg-surface pr-1.5 pl-2 text-sm hover:border-line-strong pointer-coarse:h-11"
      >
        <CalendarDays aria-hidden className="size-4 text-muted" />
        {describePeriod(value)}
        <ChevronDown aria-hidden className="size-4 text-muted" />
      </button>
      {isOpen && (
        <PeriodPopup
          value={value}
          canBeAny={canBeAny}
          anchor={anchor}
          onChange={onChange}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** A day is parsed as midnight UTC, so it is formatted in UTC too. */
const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

function describePeriod({ period, from, to }: PeriodChoice): string {
  if (period) return periods[period];
  const [first, last] = [from, to].map((each) => (each === null ? Number.NaN : Date.parse(each)));
  // Not formatRange: servers and browsers put different spaces around its dash.
  if (first && last) return `${day.format(first)} – ${day.format(last)}`;
  if (first) return `From ${day.format(first)}`;
  return last ? `Until ${day.format(last)}` : "Any time";
}
