"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import type { Role } from "@/lib/auth/roles";

/** Loaded on first use, not with every page. */
const PaletteDialog = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/palette/palette-dialog")).then((module) => module.PaletteDialog),
  ),
);

/** Opens the command palette by its button, or by ⌘K or Ctrl K anywhere. */
export function Palette({ role }: { role: Role }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <IconButton label="Command palette" shortcut="⌘K" onClick={() => setOpen(true)}>
        <Search aria-hidden />
      </IconButton>
      {isOpen && <PaletteDialog role={role} onClose={() => setOpen(false)} />}
    </>
  );
}
