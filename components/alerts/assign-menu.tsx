"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { MenuButton, MenuChoice } from "@/components/alerts/menu-button";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import type { Alert } from "@/lib/alerts/alert";
import { assigneesQuery } from "@/lib/alerts/queries";
import { describeAlert } from "@/lib/alerts/words";

/** Gives an alert to somebody, oneself first. Who there is, is asked when the list is opened. */
export function AssignMenu({ alert }: { alert: Alert }) {
  const { me } = useAlertsContext();
  const { assign } = useAlertActs();
  const [isWanted, setWanted] = useState(false);
  const { data: people = [] } = useQuery({ ...assigneesQuery, enabled: isWanted });
  const holder = alert.acts.assignee;
  const others = people.filter(({ id }) => id !== me.id && id !== holder?.id);
  return (
    <MenuButton
      verb="Assign"
      label={`Assign: ${describeAlert(alert)}`}
      onOpenChange={(isOpen) => setWanted((before) => before || isOpen)}
    >
      {holder?.id !== me.id && <MenuChoice onChoose={() => assign(alert, me)}>To me</MenuChoice>}
      {others.map((person) => (
        <MenuChoice key={person.id} onChoose={() => assign(alert, person)}>
          {person.name}
        </MenuChoice>
      ))}
      {holder && <MenuChoice onChoose={() => assign(alert, null)}>To nobody</MenuChoice>}
    </MenuButton>
  );
}
