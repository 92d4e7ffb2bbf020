"use client";

import { Menu } from "@base-ui/react/menu";
import type { RefObject } from "react";
import type { MorePage } from "@/components/shell/more-button";
import { Link } from "@/components/ui/link";

interface MoreMenuProps {
  pages: readonly MorePage[];
  /** The page that is open. */
  here: MorePage | undefined;
  /** The tab that opens it. */
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Pages without their own tab on a phone. */
export function MoreMenu({ pages, here, anchor, onClose }: MoreMenuProps) {
  return (
    <Menu.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="top" align="end" sideOffset={4} className="z-50">
          <Menu.Popup
            finalFocus={anchor}
            className="mr-2 w-56 rounded-lg border border-line bg-surface p-1 shadow-xl outline-none"
          >
            {pages.map((page) => (
              <Menu.LinkItem
                key={page.name}
                closeOnClick
                render={<Link href={page.href} />}
                aria-current={page === here ? "page" : undefined}
                className="flex h-11 items-center gap-3 rounded px-3 outline-none data-highlighted:bg-hover aria-[current=page]:font-semibold [&_svg]:size-5 [&_svg]:text-muted"
              >
                {page.icon}
                {page.name}
              </Menu.LinkItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
