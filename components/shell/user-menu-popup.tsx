"use client";

import { Menu } from "@base-ui/react/menu";
import type { RefObject } from "react";
import type { Appearance } from "@/components/appearance/appearance";
import { AccountMenuItems } from "@/components/auth/account-menu-items";
import { AppearanceMenu } from "@/components/shell/appearance-menu";

interface UserMenuPopupProps {
  name: string;
  email: string;
  appearance: Appearance;
  /** The button that opens it. */
  anchor: RefObject<HTMLButtonElement | null>;
  /** Parent in the DOM: inside the banner, so that screen readers find it there. */
  container: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The user menu's popup. */
export function UserMenuPopup({ name, email, appearance, anchor, container, onClose }: UserMenuPopupProps) {
  return (
    <Menu.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Menu.Portal container={container}>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={6} className="z-50">
          <Menu.Popup
            finalFocus={anchor}
            className="w-60 rounded-lg border border-line bg-surface p-1 shadow-xl outline-none"
          >
            <div className="border-line border-b px-2 pt-1.5 pb-2">
              <p className="truncate font-medium">{name}</p>
              <p className="truncate text-muted text-xs">{email}</p>
            </div>
            <AppearanceMenu appearance={appearance} />
            <Menu.Separator className="my-1 h-px bg-line" />
            <AccountMenuItems />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
