"use client";

import dynamic from "next/dynamic";
import { closeControl, useOpenDialog } from "@/lib/control/client/control-ui";
import { useIsListening } from "@/lib/control/client/listening";

// Wanted by few pages, and there only after a click.
const ControlDialog = dynamic(() =>
  import("@/components/control/control-dialog").then((module) => module.ControlDialog),
);
const ListenDock = dynamic(() =>
  import("@/components/control/listen-dock").then((module) => module.ListenDock),
);

/** On every page: the questions of live control, and the calls that are heard. */
export function ControlHostParts() {
  const isListening = useIsListening();
  const dialog = useOpenDialog();
  return (
    <>
      {isListening && <ListenDock />}
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
