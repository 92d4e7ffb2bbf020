"use client";

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { AssistantName } from "@/components/calls/assistant-name";
import { CallerNumber } from "@/components/calls/caller-number";
import { LiveDuration, LiveState } from "@/components/calls/live-state";
import { Watchers } from "@/components/calls/watchers";
import { LiveAgo } from "@/components/clock/live-ago";
import { IconLink } from "@/components/ui/button";
import { type Call, callTitle } from "@/lib/calls/call";
import { formatCost, formatPhoneNumber } from "@/lib/format";
import { useCallWatchers } from "@/lib/realtime/client/watchers";

const directions = { inbound: "Inbound", outbound: "Outbound", web: "Web" } as const;

/** Whose call it is, how it stands, and who else looks at it. */
export function CallHead({ call }: { call: Call }) {
  return (
    <header className="flex flex-wrap items-center gap-x-5 gap-y-1.5 px-3 pt-3 pb-1 sm:px-4">
      <div className="flex min-w-0 items-center gap-2">
        <IconLink label="Back to the live board" href="/">
          <ArrowLeft aria-hidden />
        </IconLink>
        <div className="grid min-w-0">
          <h1 className="truncate font-semibold text-xl">
            <bdi>{callTitle(call)}</bdi>
          </h1>
          <CallerNumber call={call} canDial />
        </div>
      </div>
      <LiveState call={call} />
      <Watchers people={useCallWatchers(call.id)} />
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        <Fact name="Length">
          <LiveDuration call={call} />
        </Fact>
        <Fact name="Assistant">
          <AssistantName call={call} />
        </Fact>
        {call.direction && <Fact name="Kind">{directions[call.direction]}</Fact>}
        {call.phoneNumber && <Fact name="Our number">{formatPhoneNumber(call.phoneNumber)}</Fact>}
        <Fact name="Began">
          <LiveAgo at={call.startedAt ?? call.createdAt} />
        </Fact>
        {call.costUsd !== null && <Fact name="Cost">{formatCost(call.costUsd)}</Fact>}
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
