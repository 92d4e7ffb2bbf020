"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { WordsDialog } from "@/components/alerts/words-dialog";
import { AlertOffers } from "@/components/control/alert-offers";
import { Button } from "@/components/ui/button";
import { MenuButton, MenuChoice } from "@/components/ui/menu-button";
import type { Alert } from "@/lib/alerts/alert";
import { assigneesQuery } from "@/lib/alerts/queries";
import { describeAlert } from "@/lib/alerts/rules";

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
      {holder?.id !== me.id && <MenuChoice onChoose={() => assign(alert, me)}>Assign to me</MenuChoice>}
      {others.map((person) => (
        <MenuChoice key={person.id} onChoose={() => assign(alert, person)}>
          {person.name}
        </MenuChoice>
      ))}
      {holder && <MenuChoice onChoose={() => assign(alert, null)}>Remove assignee</MenuChoice>}
    </MenuButton>
  );
}

/** Leaves a note on an alert, also on one that is over. */
export function NoteButton({ alert }: { alert: Alert }) {
  const { note } = useAlertActs();
  const [isOpen, setOpen] = useState(false);
  const what = describeAlert(alert);
  return (
    <>
      <Button look="quiet" size="small" aria-label={`Note: ${what}`} onClick={() => setOpen(true)}>
        Note
      </Button>
      <WordsDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        verb="Save note"
        title={`Note: ${what}`}
        label="Note"
        isRequired
        onSay={(text) => note(alert, text)}
      />
    </>
  );
}

/** Says that an alert is dealt with, with a few words if there are any. */
export function ResolveButton({ alert }: { alert: Alert }) {
  const { resolve } = useAlertActs();
  const [isOpen, setOpen] = useState(false);
  const what = describeAlert(alert);
  return (
    <>
      <Button size="small" data-act="resolve" aria-label={`Resolve: ${what}`} onClick={() => setOpen(true)}>
        Resolve
      </Button>
      <WordsDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        verb="Resolve"
        title={`Resolve alert: ${what}`}
        label="What did you do? (optional)"
        isRequired={false}
        onSay={(text) => resolve(alert, text || null)}
      />
    </>
  );
}

const choices = [
  { minutes: 5, words: "5 minutes" },
  { minutes: 15, words: "15 minutes" },
  { minutes: 60, words: "1 hour" },
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
      {alert.acts.snoozedUntil && <MenuChoice onChoose={() => snooze(alert, 0)}>End snooze</MenuChoice>}
    </MenuButton>
  );
}

/** What can be done about an alert that is going on. Nothing is offered to those who may not. */
export function AlertActions({ alert }: { alert: Alert }) {
  const { canAct } = useAlertsContext();
  const { acknowledge } = useAlertActs();
  if (!canAct) return null;
  return (
    <div className="relative z-10 flex flex-wrap items-center gap-1.5">
      {!alert.acts.acknowledged && (
        <Button
          look="primary"
          size="small"
          aria-label={`Acknowledge: ${describeAlert(alert)}`}
          onClick={() => acknowledge(alert)}
        >
          Acknowledge
        </Button>
      )}
      <AlertOffers alert={alert} />
      <AssignMenu alert={alert} />
      <SnoozeMenu alert={alert} />
      <ResolveButton alert={alert} />
      <NoteButton alert={alert} />
    </div>
  );
}
