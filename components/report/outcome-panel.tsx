import { endedLook } from "@/components/report/ended-look";
import { OutcomeSource } from "@/components/report/outcome-source";
import { Panel } from "@/components/ui/panel";
import type { Call } from "@/lib/calls/call";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import type { Report } from "@/lib/calls/report";

/** Why the call ended and whose doing it was, in plain words; and whether that is Vapi's word or only what was witnessed. */
export function OutcomePanel({ call, report }: { call: Call; report: Report | null }) {
  const endCode = toEndCode(call);
  const reason = endCode ? describeEndedReason(endCode) : null;
  const look = reason && endedLook(reason.group);
  return (
    <Panel title="How it ended">
      {reason && look ? (
        <div className="flex items-start gap-2">
          <look.Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look.tone}`} />
          <div className="min-w-0">
            <p className="break-words">{reason.words}</p>
            <p className={`text-xs ${look.tone}`}>{look.words}</p>
            <p className="break-all pt-1 font-mono text-[11px] text-muted">{call.endedReason}</p>
          </div>
        </div>
      ) : (
        <p className="text-muted">Nobody has said why.</p>
      )}
      {!report && <OutcomeSource call={call} />}
    </Panel>
  );
}
