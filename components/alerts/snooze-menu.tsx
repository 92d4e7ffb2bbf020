"use client";

import { MenuButton, MenuChoice } from "@/components/alerts/menu-button";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";

const choices = [
  { minutes: 5, words: "5 minutes" },
  { minutes: 15, words: "15 minutes" },
  { minutes: 60, words: "One hour" },
] as const;

/** Silences an alert for a while: it neither rings nor escalates. */
export function SnoozeMenu({ alert }: { alert: Alert }) {
  const { snooze } = useAlertActs();
  return (
    <MenuButton verb="Snooze" label={`Snooze: ${describeAlert(alert)}`}>
      {choices.map(({ minutes, words }) => (
        <MenuChoice key={minutes} onChoose={() => snooze(alert, minutes)}>
          {words}
        </MenuChoice>
      ))}
      {alert.acts.snoozedUntil && <MenuChoice onChoose={() => snooze(alert, 0)}>Wake it up</MenuChoice>}
    </MenuButton>
  );
}
