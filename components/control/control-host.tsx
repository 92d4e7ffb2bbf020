"use client";

import dynamic from "next/dynamic";
import { useCan } from "@/components/auth/use-can";

// Not needed to see any page: loaded once it is there.
const ControlHostParts = dynamic(() =>
  import("@/components/control/control-host-parts").then((module) => module.ControlHostParts),
);

/** On every page of those who may act on calls: what live control asks, says and plays. */
export function ControlHost() {
  return useCan("calls.control") && <ControlHostParts />;
}
