"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Select } from "@base-ui/react/select";
import { Check } from "lucide-react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { createPortal } from "react-dom";
import type { SelectOption } from "@/components/ui/select";

interface SelectPopupProps {
  id: string;
  label: string | null;
  labelledBy: string | undefined;
  value: string;
  options: readonly SelectOption[];
  /** The button that opens the list. */
  anchor: RefObject<HTMLElement | null>;
  onChoose: (value: string) => void;
  onClose: () => void;
}

/** The list of a select, sized to the room on screen, never cut off. */
export function SelectPopup({
  id,
  label,
  labelledBy,
  value,
  options,
  anchor,
  onChoose,
  onClose,
}: SelectPopupProps) {
  return (
    // Its style elements hide the scrollbar of a list that overlaps its button. Ours does not overlap, and our CSP blocks them.
    <CSPProvider disableStyleElements>
      <Select.Root
        open
        id={id}
        modal={false}
        value={value}
        onValueChange={(chosen) => chosen !== null && onChoose(chosen)}
        onOpenChange={(isOpen, { event }) => {
          // A press on the button closes the list by itself.
          if (!isOpen && !isAt(anchor.current, event)) onClose();
        }}
      >
        <Outlet anchor={anchor}>
          <Select.Positioner
            anchor={anchor}
            align="start"
            sideOffset={4}
            collisionPadding={8}
            positionMethod="fixed"
            alignItemWithTrigger={false}
            className="z-50"
          >
            <Select.Popup
              finalFocus={anchor}
              aria-label={label ?? undefined}
              aria-labelledby={label === null ? labelledBy : undefined}
              onKeyDown={(event) => {
                if (event.key !== "Tab") return;
                event.preventDefault();
                onClose();
              }}
              className="max-h-[min(24rem,var(--available-height))] min-w-(--anchor-width) max-w-[min(28rem,var(--available-width))] overflow-y-auto rounded-lg border border-line bg-surface p-1 text-sm shadow-xl outline-none"
            >
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  value={option.value}
                  label={option.label}
                  className="flex min-h-8 cursor-pointer scroll-my-1 items-center gap-2 rounded py-1 pr-3 pl-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-11"
                >
                  <span className="grid size-4 shrink-0 place-items-center">
                    <Select.ItemIndicator>
                      <Check aria-hidden className="size-4" />
                    </Select.ItemIndicator>
                  </span>
                  <Select.ItemText dir="auto" className="wrap-anywhere min-w-0">
                    {option.label}
                  </Select.ItemText>
                </Select.Item>
              ))}
            </Select.Popup>
          </Select.Positioner>
        </Outlet>
      </Select.Root>
    </CSPProvider>
  );
}

/**
 * Where the list is mounted: next to a dialog, which keeps the focus within itself and its portals; otherwise in the
 * page's main landmark, where screen readers look for it.
 */
function Outlet({ anchor, children }: { anchor: RefObject<HTMLElement | null>; children: ReactNode }) {
  const main = anchor.current?.closest("main, [role=dialog], [role=alertdialog]");
  if (main?.tagName === "MAIN") return createPortal(children, main);
  return <Select.Portal>{children}</Select.Portal>;
}

function isAt(anchor: HTMLElement | null, event: Event): boolean {
  const at = event instanceof FocusEvent ? event.relatedTarget : event.target;
  return at instanceof Node && event.type !== "keydown" && (anchor?.contains(at) ?? false);
}

/** Letters typed within this time of each other form one word. */
const wordMs = 700;
let typed = { word: "", at: 0 };

/**
 * Returns the value of the next option that starts with the text typed on a closed select. Repeating one letter cycles
 * through the options that start with it.
 */
export function findTyped(
  options: readonly SelectOption[],
  value: string,
  { key, timeStamp, ctrlKey, metaKey, altKey }: KeyboardEvent,
): string | undefined {
  if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey) return undefined;
  const isSameWord = timeStamp - typed.at < wordMs;
  typed = { word: (isSameWord ? typed.word : "") + key.toLowerCase(), at: timeStamp };
  const [first = ""] = typed.word;
  const isOneLetter = typed.word === first.repeat(typed.word.length);
  const selected = options.findIndex((option) => option.value === value);
  const from = Math.max(0, selected) + Number(isOneLetter);
  return [...options.slice(from), ...options.slice(0, from)].find(({ label }) =>
    label.toLowerCase().startsWith(isOneLetter ? first : typed.word),
  )?.value;
}
