"use client";

import type { ReactNode } from "react";
import { saveLook } from "@/components/look/save-look";

interface SidebarButtonProps {
  label: string;
  next: "wide" | "narrow";
  className: string;
  /** Its icon. */
  children: ReactNode;
}

/** Makes the sidebar wide or narrow, on this device from now on. */
export function SidebarButton({ label, next, className, children }: SidebarButtonProps) {
  return (
    <button type="button" title={label} onClick={() => saveLook({ sidebar: next })} className={className}>
      {children}
      <span className="sr-only">{label}</span>
    </button>
  );
}
