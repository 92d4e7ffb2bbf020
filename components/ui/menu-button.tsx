"use client";

import { Menu } from "@base-ui/react/menu";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface MenuButtonProps {
  /** A verb. */
  verb: string;
  /** The verb and its object, for screen readers, which do not see the surroundings. */
  label: string;
  onOpenChange?: (isOpen: boolean) => void;
  children: ReactNode;
}

/** A button that opens a list of choices. */
export function MenuButton({ verb, label, onOpenChange, children }: MenuButtonProps) {
  return (
    <Menu.Root {...(onOpenChange && { onOpenChange })}>
      <Menu.Trigger render={<Button size="small" aria-label={label} />}>
        {verb}
        <ChevronDown aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-50">
          <Menu.Popup className="max-h-72 min-w-44 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-xl outline-none">
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** An item of the list. */
export function MenuChoice({ onChoose, children }: { onChoose: () => void; children: ReactNode }) {
  return (
    <Menu.Item
      onClick={onChoose}
      className="flex h-8 cursor-pointer items-center rounded px-2 outline-none data-highlighted:bg-hover"
    >
      {children}
    </Menu.Item>
  );
}
