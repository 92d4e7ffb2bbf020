"use client";

import { CircleAlert, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

/** Why something could not be done, over whatever page there is; read out, and there until it is closed. */
export function Complaint({ why, onClose }: { why: string | null; onClose: () => void }) {
  return (
    <div role="alert" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center px-4">
      {why !== null && (
        <div className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-lg border border-hang bg-surface py-2 pr-2 pl-3 shadow-xl">
          <CircleAlert aria-hidden className="size-4 shrink-0 text-hang" />
          <p>{why}</p>
          <IconButton label="Close" onClick={onClose} className="size-7">
            <X aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
