"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { WordsDialog } from "@/components/alerts/words-dialog";
import { useIncidentAction } from "@/components/incidents/use-incident-action";
import { Button } from "@/components/ui/button";
import { MenuButton, MenuChoice } from "@/components/ui/menu-button";
import type { AlertActor } from "@/lib/alerts/alert";
import { assigneesQuery } from "@/lib/alerts/queries";
import { causeTitle } from "@/lib/incidents/cause-label";
import { type Incident, isIncidentOpen } from "@/lib/incidents/incident";

const snoozes = [
  [5, "5 minutes"],
  [15, "15 minutes"],
  [60, "1 hour"],
] as const;

/** What can be done about an incident. Nothing is offered to those who may not. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const { canAct, me, perform } = useIncidentAction(incident);
  const [isWanted, setWanted] = useState(false);
  const [asks, setAsks] = useState<"note" | "resolve" | null>(null);
  const { data: people = [] } = useQuery({ ...assigneesQuery, enabled: isWanted });
  if (!canAct) return null;
  const what = causeTitle(incident.cause);
  const { acknowledged, assignee, snoozedUntil } = incident.acts;
  const assign = (to: AlertActor | null) =>
    perform({ kind: "assign", to: to?.id ?? null, from: assignee?.id ?? null }, to);
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {isIncidentOpen(incident) && (
        <>
          {!acknowledged && (
            <Button look="primary" size="small" onClick={() => perform({ kind: "acknowledge" })}>
              Acknowledge
            </Button>
          )}
          <MenuButton
            verb="Assign"
            label={`Assign: ${what}`}
            onOpenChange={(isOpen) => setWanted((before) => before || isOpen)}
          >
            {assignee?.id !== me.id && <MenuChoice onChoose={() => assign(me)}>Assign to me</MenuChoice>}
            {people
              .filter(({ id }) => id !== me.id && id !== assignee?.id)
              .map((person) => (
                <MenuChoice key={person.id} onChoose={() => assign(person)}>
                  {person.name}
                </MenuChoice>
              ))}
            {assignee && <MenuChoice onChoose={() => assign(null)}>Remove assignee</MenuChoice>}
          </MenuButton>
          <MenuButton verb="Snooze" label={`Snooze: ${what}`}>
            {snoozes.map(([minutes, words]) => (
              <MenuChoice key={minutes} onChoose={() => perform({ kind: "snooze", minutes })}>
                {words}
              </MenuChoice>
            ))}
            {snoozedUntil && (
              <MenuChoice onChoose={() => perform({ kind: "snooze", minutes: 0 })}>End snooze</MenuChoice>
            )}
          </MenuButton>
          <Button size="small" onClick={() => setAsks("resolve")}>
            Resolve
          </Button>
        </>
      )}
      <Button look="quiet" size="small" onClick={() => setAsks("note")}>
        Note
      </Button>
      <WordsDialog
        isOpen={asks === "note"}
        onOpenChange={(isOpen) => setAsks(isOpen ? "note" : null)}
        verb="Save note"
        title={`Note: ${what}`}
        label="Note"
        isRequired
        onSay={(text) => perform({ kind: "note", text })}
      />
      <WordsDialog
        isOpen={asks === "resolve"}
        onOpenChange={(isOpen) => setAsks(isOpen ? "resolve" : null)}
        verb="Resolve"
        title={`Resolve incident: ${what}`}
        label="What did you do? (optional)"
        isRequired={false}
        onSay={(text) => perform({ kind: "resolve", text: text || null })}
      />
    </div>
  );
}
