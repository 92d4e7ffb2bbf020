"use client";

import dynamic from "next/dynamic";
import { useCan } from "@/components/auth/use-can";
import { loadCode, withSuspense } from "@/components/ui/load-later";

// No page needs it to render; loaded afterwards.
const ControlHostParts = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/control/control-host-parts")).then(
      (module) => module.ControlHostParts,
    ),
  ),
);

/** Dialogs, messages and audio of live control, on every page of users who may act on calls. */
export function ControlHost() {
  return useCan("calls.control") && <ControlHostParts />;
}
