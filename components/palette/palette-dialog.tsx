"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useState } from "react";
import {
  type PaletteGroup,
  type PaletteItem,
  usePaletteGroups,
} from "@/components/palette/use-palette-groups";
import type { Role } from "@/lib/auth/roles";

/** The command palette: type a few letters, press Enter to run the first match. */
export function PaletteDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const [text, setText] = useState("");
  const { contains } = Autocomplete.useFilter({ sensitivity: "base" });
  const { groups, isSearching, searchError } = usePaletteGroups(role, text);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-2xl outline-none"
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={text}
            onValueChange={setText}
            filter={(item: PaletteItem, query) => item.text === null || contains(item.text, query.trim())}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Search aria-hidden className="size-4 shrink-0 text-muted" />
              <Autocomplete.Input
                aria-label="Search calls, pages and commands"
                placeholder="Search calls, pages, commands"
                className="h-11 w-full bg-transparent outline-none placeholder:text-muted"
              />
            </div>
            <Dialog.Close className="sr-only">Close palette</Dialog.Close>
            <p role="alert" className="px-3 py-2 text-danger empty:hidden">
              {searchError && `Could not search past calls: ${searchError.message}`}
            </p>
            <Autocomplete.Empty className="px-3 py-6 text-center text-muted empty:hidden">
              {isSearching ? "Searching…" : !searchError && "No results"}
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 overflow-y-auto p-1 empty:hidden">
              {(group: PaletteGroup) => <Group key={group.value} group={group} onClose={onClose} />}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ group, onClose }: { group: PaletteGroup; onClose: () => void }) {
  return (
    <Autocomplete.Group items={group.items}>
      <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-muted text-xs">
        {group.value}
      </Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(item: PaletteItem) => (
          <Autocomplete.Item
            key={item.value}
            value={item}
            onClick={() => {
              onClose();
              item.act();
            }}
            className="flex cursor-pointer items-center justify-between gap-4 rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover"
          >
            <span dir="auto" className="truncate">
              {item.label}
            </span>
            <span className="shrink-0 text-muted text-xs">{item.hint}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  );
}
