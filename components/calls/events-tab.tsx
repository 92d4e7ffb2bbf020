"use client";

import { type LucideIcon, Wrench } from "lucide-react";
import { useCan } from "@/components/auth/use-can";
import { actionIcons } from "@/components/control/action-row";
import { UploadsPanel } from "@/components/report/uploads-panel";
import { markIcons } from "@/components/transcript/moment-rows";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { type Call, callSpan } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { type CallMoment, describeMark, toMoments } from "@/lib/calls/transcript";
import { describeAction } from "@/lib/control/describe";
import { formatDuration } from "@/lib/format";

interface EventsTabProps {
  detail: CallDetail;
  /** Epoch ms: scrolls a moment of the call into view. */
  onChoose: (at: number) => void;
}

/** Everything in the call apart from speech, in order, and the call's IDs. */
export function EventsTab({ detail, onChoose }: EventsTabProps) {
  const { call, marks, operatorActions, toolCalls } = detail;
  const { from } = callSpan(call, 0);
  const moments = toMoments(toolCalls, marks, operatorActions).toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
  return (
    <>
      <Panel title="Events" aside={moments.length}>
        {moments.length === 0 && (
          <p className="text-muted">No tool calls, hangs, transfers or interruptions so far.</p>
        )}
        <ol className="grid gap-1.5">
          {moments.map((moment) => {
            const Icon = iconOf(moment);
            return (
              <li key={moment.id} className="flex items-baseline gap-2">
                <button
                  type="button"
                  onClick={() => onChoose(Date.parse(moment.at))}
                  className="w-14 shrink-0 rounded text-left text-muted hover:text-ink hover:underline"
                >
                  {formatDuration(Date.parse(moment.at) - from)}
                </button>
                <Icon aria-hidden className="size-3.5 shrink-0 self-center text-muted" />
                <span dir="auto" className="wrap-anywhere min-w-0">
                  {describeMoment(moment)}
                </span>
              </li>
            );
          })}
        </ol>
      </Panel>
      <UploadsPanel marks={marks} />
      <IdsPanel call={call} />
    </>
  );
}

function iconOf(moment: CallMoment): LucideIcon {
  if (moment.what === "action") return actionIcons[moment.action.action];
  return moment.what === "tool" ? Wrench : markIcons[moment.mark.kind];
}

function describeMoment(moment: CallMoment): string {
  if (moment.what === "mark") return describeMark(moment.mark);
  if (moment.what === "action") return describeAction(moment.action);
  const { name, answeredAt, error } = moment.toolCall;
  if (answeredAt === null) return `${name}: waiting for the answer`;
  return `${name}: ${error === null ? "answered" : "failed"}`;
}

/** The call's IDs, for looking it up in other systems. */
function IdsPanel({ call }: { call: Call }) {
  const canSeeEvents = useCan("events.view");
  const ids = [
    ["Call", call.id],
    ["Conversation", call.conversationUuid],
    ["Assistant", call.assistantId],
  ] as const;
  return (
    <Panel title="IDs">
      <dl className="grid gap-1">
        {ids.map(
          ([name, id]) =>
            id && (
              <div key={name} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center">
                <dt className="text-muted">{name}</dt>
                <dd className="flex items-center justify-between">
                  <span className="truncate font-mono text-xs">{id}</span>
                  <CopyButton text={id} what={`${name.toLowerCase()} ID`} />
                </dd>
              </div>
            ),
        )}
      </dl>
      {canSeeEvents && (
        <Link
          href={`/events?callId=${encodeURIComponent(call.id)}`}
          className="mt-2 inline-block text-accent underline"
        >
          All events of this call
        </Link>
      )}
    </Panel>
  );
}
