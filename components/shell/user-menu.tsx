"use client";

import { CircleUser } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { Appearance } from "@/components/appearance/appearance";
import { loadCode, withSuspense } from "@/components/ui/load-later";

/** Loaded on first use, not with every page. */
const loadPopup = () =>
  loadCode(() => import("@/components/shell/user-menu-popup")).then((module) => module.UserMenuPopup);
const UserMenuPopup = withSuspense(dynamic(loadPopup));

interface UserMenuProps {
  name: string;
  email: string;
  appearance: Appearance;
}

/** Menu of the signed-in user: appearance and account. */
export function UserMenu({ name, email, appearance }: UserMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const slot = useRef<HTMLDivElement>(null);
  return (
    <div ref={slot}>
      <button
        ref={button}
        type="button"
        aria-label={`Account menu: ${name}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={loadPopup}
        onClick={() => setOpen(true)}
        className="reach grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink aria-expanded:bg-hover"
      >
        <CircleUser aria-hidden className="size-5" />
      </button>
      {isOpen && (
        <UserMenuPopup
          name={name}
          email={email}
          appearance={appearance}
          anchor={button}
          container={slot}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
