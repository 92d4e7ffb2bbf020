"use client";

import dynamic from "next/dynamic";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { closeControl, useOpenDialog } from "@/lib/control/client/control-ui";
import { useIsListening } from "@/lib/control/client/listening";

// Few pages need these, and only after a click.
const ControlDialog = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/control/control-dialog")).then((module) => module.ControlDialog),
  ),
);
const ListenDock = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/control/listen-dock")).then((module) => module.ListenDock),
  ),
);

/** On every page: the dialogs of live control and the calls being listened to. */
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
