"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import { closeControl, showNotice, useControlUi } from "@/lib/control/client/control-ui";
import { useIsListening } from "@/lib/control/client/listening";

// Wanted by few pages, and there only after a click.
const ControlDialog = dynamic(() =>
  import("@/components/control/control-dialog").then((module) => module.ControlDialog),
);
const ListenDock = dynamic(() =>
  import("@/components/control/listen-dock").then((module) => module.ListenDock),
);

const shownMs = 5_000;

/** On every page: the questions of live control, how the last action went, and the calls that are heard. */
export function ControlHostParts() {
  const isListening = useIsListening();
  const { dialog, notice } = useControlUi();
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => showNotice(null), shownMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <>
      {isListening && <ListenDock />}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-28 z-40 flex justify-center px-4 sm:bottom-16"
      >
        {notice && (
          <p
            dir="auto"
            className="wrap-anywhere line-clamp-2 max-w-lg rounded-lg border border-line-strong bg-raised px-3 py-2 shadow-xl"
          >
            {notice.text}
          </p>
        )}
      </div>
      {dialog && (
        <ControlDialog
          key={`${dialog.kind} ${dialog.subject.callId}`}
          dialog={dialog}
          onClose={closeControl}
        />
      )}
    </>
  );
}
