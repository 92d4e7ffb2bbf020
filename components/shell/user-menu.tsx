"use client";

import { Menu } from "@base-ui/react/menu";
import { CircleUser } from "lucide-react";
import type { ReactNode } from "react";
import type { Look } from "@/components/look/look";
import { LookMenu } from "@/components/shell/look-menu";

interface UserMenuProps {
  name: string;
  email: string;
  look: Look;
  /** Menu items of one's account: settings, signing out. */
  children?: ReactNode;
}

/** Who is signed in, how pages look to them, and their account. */
export function UserMenu({ name, email, look, children }: UserMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Menu of ${name}`}
        className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink data-popup-open:bg-hover"
      >
        <CircleUser aria-hidden className="size-5" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6} className="z-50">
          <Menu.Popup className="w-60 rounded-lg border border-line bg-surface p-1 shadow-xl outline-none">
            <div className="border-line border-b px-2 pt-1.5 pb-2">
              <p className="truncate font-medium">{name}</p>
              <p className="truncate text-muted text-xs">{email}</p>
            </div>
            <LookMenu look={look} />
            {children && (
              <>
                <Menu.Separator className="my-1 h-px bg-line" />
                {children}
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
