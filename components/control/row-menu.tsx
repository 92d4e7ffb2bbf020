"use client";

import { Menu } from "@base-ui/react/menu";
import { useQuery } from "@tanstack/react-query";
import { BellRing, Megaphone, PanelRight, PhoneForwarded } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useAcknowledgeCall } from "@/components/alerts/use-alert-actions";
import { toAlertSubject, useAlertOffers } from "@/components/control/alert-offers";
import { ActionItem } from "@/components/control/more-actions";
import { useCallActions } from "@/components/control/use-call-actions";
import { useControl } from "@/components/control/use-control";
import { showError } from "@/components/ui/toast";
import type { Alert } from "@/lib/alerts/alert";
import type { Call } from "@/lib/calls/call";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { openControl } from "@/lib/control/client/control-ui";

interface RowMenuProps {
  call: Call;
  alert: Alert | undefined;
  anchor: RefObject<HTMLElement | null>;
  onOpenSidePanel: () => void;
  onClose: () => void;
}

/** Actions on a call of the board, without leaving it. */
export function RowMenu({ call, alert, anchor, onOpenSidePanel, onClose }: RowMenuProps) {
  const acknowledge = useAcknowledgeCall();
  // Fetched each time the menu opens: a row does not hold what was muted since.
  const { data: detail } = useQuery({ ...callDetailQuery(call.id), staleTime: 0 });
  const acts = useCallActions(call, detail?.operatorActions);
  const { say, team, reason } = useAlertOffers(alert);
  const act = useControl(call.id);
  return (
    <Menu.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={4} className="z-50">
          <Menu.Popup
            aria-label="Call actions"
            className="min-w-56 max-w-80 rounded-lg border border-line bg-surface p-1 shadow-xl outline-none"
          >
            {alert && !alert.acts.acknowledged && (
              <Item icon={<BellRing aria-hidden />} onChoose={() => acknowledge(call)}>
                Acknowledge alert
              </Item>
            )}
            {say !== null && (
              <Item
                icon={<Megaphone aria-hidden />}
                reason={reason}
                onChoose={() => act({ action: "say", text: say, interrupt: true, endCallAfter: false })}
              >
                Say: “{say}”
              </Item>
            )}
            {alert && team && (
              <Item
                icon={<PhoneForwarded aria-hidden />}
                reason={reason}
                onChoose={() => openControl("transfer", toAlertSubject(alert), team.id)}
              >
                Transfer to {team.team}
              </Item>
            )}
            <Item icon={<PanelRight aria-hidden />} onChoose={onOpenSidePanel}>
              Open in side panel
            </Item>
            <Menu.Separator className="my-1 h-px bg-line" />
            {acts.map((each) => (
              <ActionItem
                key={each.id}
                act={each}
                onRun={({ reason, run }) => (reason === null ? run() : showError(reason))}
              />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ItemProps {
  icon: ReactNode;
  /** The reason if it is not possible; shown when the item is chosen. */
  reason?: string | null;
  onChoose: () => void;
  children: ReactNode;
}

function Item({ icon, reason = null, onChoose, children }: ItemProps) {
  return (
    <Menu.Item
      onClick={() => (reason === null ? onChoose() : showError(reason))}
      aria-disabled={reason !== null || undefined}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 outline-none aria-disabled:text-muted data-highlighted:bg-hover max-sm:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
    >
      {icon}
      <span dir="auto" className="min-w-0 truncate">
        {children}
      </span>
    </Menu.Item>
  );
}
