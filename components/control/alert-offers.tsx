"use client";

import { useQuery } from "@tanstack/react-query";
import { Megaphone, PhoneForwarded } from "lucide-react";
import { useCan } from "@/components/auth/use-can";
import { useControl } from "@/components/control/use-control";
import { Button } from "@/components/ui/button";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { callerWord, callTitle } from "@/lib/calls/call";
import { controlSettingsQuery, teamNamesQuery } from "@/lib/control/client/control-query";
import { openControl, type Subject } from "@/lib/control/client/control-ui";

/** The team's settings for alerts: a line to say, and a team to transfer to. */
export function useAlertOffers(alert: Alert | undefined) {
  const canControl = useCan("calls.control") && alert !== undefined && isOngoing(alert);
  const { data: settings } = useQuery({ ...controlSettingsQuery, enabled: canControl });
  const teamId = settings?.alertTransferTo ?? null;
  const { data: teams } = useQuery({ ...teamNamesQuery, enabled: canControl && teamId !== null });
  const team = teams?.entries.find(({ id }) => id === teamId);
  return { say: canControl ? (settings?.alertSay ?? null) : null, team: canControl ? team : undefined };
}

export function toAlertSubject({ callId, call }: Alert): Subject {
  return { callId, title: callTitle(call), other: callerWord(call) };
}

/** The two actions that most often help a waiting caller, offered inside the alert. */
export function AlertOffers({ alert }: { alert: Alert }) {
  const { say, team } = useAlertOffers(alert);
  const act = useControl(alert.callId);
  const subject = toAlertSubject(alert);
  return (
    <>
      {say !== null && (
        <Button
          size="small"
          aria-label={`Say to ${subject.title}: “${say}”`}
          onClick={() => act({ action: "say", text: say, interrupt: true, endCallAfter: false })}
        >
          <Megaphone aria-hidden />
          <span dir="auto" className="max-w-40 truncate">
            Say: “{say}”
          </span>
        </Button>
      )}
      {team && (
        <Button
          size="small"
          aria-label={`Transfer ${subject.title} to ${team.team}`}
          onClick={() => openControl("transfer", subject, team.id)}
        >
          <PhoneForwarded aria-hidden />
          <span dir="auto" className="max-w-40 truncate">
            Transfer to {team.team}
          </span>
        </Button>
      )}
    </>
  );
}
