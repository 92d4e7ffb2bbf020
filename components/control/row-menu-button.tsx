"use client";

import { EllipsisVertical } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useCan } from "@/components/auth/use-can";
import { Button } from "@/components/ui/button";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import type { Alert } from "@/lib/alerts/alert";
import { type Call, callTitle } from "@/lib/calls/call";

// A board has many rows but one open menu; it is loaded on first use.
const RowMenu = withSuspense(
  dynamic(() => loadCode(() => import("@/components/control/row-menu")).then((module) => module.RowMenu)),
);

interface RowMenuButtonProps {
  call: Call;
  alert: Alert | undefined;
  onOpenSidePanel: () => void;
}

/** Opens the actions menu of a board row or tile. Renders nothing without the permission. */
export function RowMenuButton({ call, alert, onOpenSidePanel }: RowMenuButtonProps) {
  const canControl = useCan("calls.control");
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  if (!canControl) return null;
  return (
    <>
      <Button
        ref={anchor}
        variant="quiet"
        size="small-icon"
        aria-label={`Actions: ${callTitle(call)}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className="relative z-10 max-sm:size-11"
      >
        <EllipsisVertical aria-hidden />
      </Button>
      {isOpen && (
        <RowMenu
          call={call}
          alert={alert}
          anchor={anchor}
          onOpenSidePanel={onOpenSidePanel}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
