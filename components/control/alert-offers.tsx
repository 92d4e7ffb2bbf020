"use client";

import { useQuery } from "@tanstack/react-query";
import { Megaphone, PhoneForwarded } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useCan } from "@/components/auth/use-can";
import { reasonFor } from "@/components/control/use-call-actions";
import { useControl } from "@/components/control/use-control";
import { Button } from "@/components/ui/button";
import { Tip } from "@/components/ui/tip";
import { showError } from "@/components/ui/toast";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { callerLabel, callTitle } from "@/lib/calls/call";
import { controlSettingsQuery, supervisionQuery, teamNamesQuery } from "@/lib/control/client/control-query";
import { openControl, type Subject } from "@/lib/control/client/control-ui";

/** The team's settings for alerts: a line to say, and a team to transfer to. `reason`: why the call accepts neither, or null. */
export function useAlertOffers(alert: Alert | undefined) {
  const canControl = useCan("calls.control") && alert !== undefined && isOngoing(alert);
  const { data: settings } = useQuery({ ...controlSettingsQuery, enabled: canControl });
  const teamId = settings?.alertTransferTo ?? null;
  const { data: teams } = useQuery({ ...teamNamesQuery, enabled: canControl && teamId !== null });
  const team = teams?.entries.find(({ id }) => id === teamId);
  const say = settings?.alertSay ?? null;
  const { data: supervision } = useQuery({
    ...supervisionQuery(alert?.callId ?? ""),
    enabled: canControl && (say !== null || team !== undefined),
  });
  return {
    say: canControl ? say : null,
    team: canControl ? team : undefined,
    reason: reasonFor("control", supervision),
  };
}

export function toAlertSubject({ callId, call }: Alert): Subject {
  return { callId, title: callTitle(call), other: callerLabel(call) };
}

/** The two actions that most often help a waiting caller, offered inside the alert. */
export function AlertOffers({ alert }: { alert: Alert }) {
  const { say, team, reason } = useAlertOffers(alert);
  const act = useControl(alert.callId);
  const subject = toAlertSubject(alert);
  return (
    <>
      {say !== null && (
        <Offer
          icon={<Megaphone aria-hidden />}
          label={`Say to ${subject.title}: “${say}”`}
          reason={reason}
          onChoose={() => act({ action: "say", text: say, interrupt: true, endCallAfter: false })}
        >
          Say: “{say}”
        </Offer>
      )}
      {team && (
        <Offer
          icon={<PhoneForwarded aria-hidden />}
          label={`Transfer ${subject.title} to ${team.team}`}
          reason={reason}
          onChoose={() => openControl("transfer", subject, team.id)}
        >
          Transfer to {team.team}
        </Offer>
      )}
    </>
  );
}

interface OfferProps {
  icon: ReactNode;
  label: string;
  /** The reason if it is not possible, or null. */
  reason: string | null;
  onChoose: () => void;
  children: ReactNode;
}

/** A button that performs the action or, if that is not possible, shows the reason. */
function Offer({ icon, label, reason, onChoose, children }: OfferProps) {
  const id = useId();
  return (
    <Tip label={reason ?? label}>
      <Button
        size="small"
        aria-label={label}
        aria-disabled={reason !== null || undefined}
        aria-describedby={reason === null ? undefined : id}
        onClick={() => (reason === null ? onChoose() : showError(reason))}
        className="aria-disabled:cursor-not-allowed aria-disabled:text-muted"
      >
        {icon}
        <span dir="auto" className="max-w-40 truncate">
          {children}
        </span>
        {reason !== null && (
          <span id={id} hidden>
            {reason}
          </span>
        )}
      </Button>
    </Tip>
  );
}
