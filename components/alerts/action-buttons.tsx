"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { TextDialog } from "@/components/alerts/text-dialog";
import { Button } from "@/components/ui/button";
import { MenuButton, MenuChoice } from "@/components/ui/menu-button";
import type { ActionRequest, ActionsState, AlertActor } from "@/lib/alerts/alert";
import { assigneesQuery } from "@/lib/alerts/queries";

interface ActionProps {
  /** ID of the subject. */
  id: string;
  /** The subject, for the accessible names of the buttons. */
  what: string;
  acts: ActionsState;
  /** `assignee`: the new assignee, for an assignment. */
  perform: (request: ActionRequest, assignee?: AlertActor | null) => void;
}

/** Assigns to someone, the viewer first. The people are fetched when the list opens. */
function AssignMenu({ what, acts: { assignee }, perform }: ActionProps) {
  const { me } = useAlertsContext();
  const [isWanted, setWanted] = useState(false);
  const { data: people = [] } = useQuery({ ...assigneesQuery, enabled: isWanted });
  const others = people.filter(({ id }) => id !== me.id && id !== assignee?.id);
  const assign = (to: AlertActor | null) =>
    perform({ kind: "assign", to: to?.id ?? null, from: assignee?.id ?? null }, to);
  return (
    <MenuButton
      verb="Assign"
      label={`Assign: ${what}`}
      onOpenChange={(isOpen) => setWanted((before) => before || isOpen)}
    >
      {assignee?.id !== me.id && <MenuChoice onChoose={() => assign(me)}>Assign to me</MenuChoice>}
      {others.map((person) => (
        <MenuChoice key={person.id} onChoose={() => assign(person)}>
          {person.name}
        </MenuChoice>
      ))}
      {assignee && <MenuChoice onChoose={() => assign(null)}>Remove assignee</MenuChoice>}
    </MenuButton>
  );
}

const snoozes = [
  { minutes: 5, words: "5 minutes" },
  { minutes: 15, words: "15 minutes" },
  { minutes: 60, words: "1 hour" },
] as const;

/** Snoozes for a while: no ringing, no escalation. */
function SnoozeMenu({ what, acts: { snoozedUntil }, perform }: ActionProps) {
  const snooze = (minutes: number) => perform({ kind: "snooze", minutes });
  return (
    <MenuButton verb="Snooze" label={`Snooze: ${what}`}>
      {snoozes.map(({ minutes, words }) => (
        <MenuChoice key={minutes} onChoose={() => snooze(minutes)}>
          {words}
        </MenuChoice>
      ))}
      {snoozedUntil && <MenuChoice onChoose={() => snooze(0)}>End snooze</MenuChoice>}
    </MenuButton>
  );
}

/** Resolves, with an optional note. */
function ResolveButton({ id, what, noun, acts, perform }: ActionProps & { noun: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" data-act="resolve" aria-label={`Resolve: ${what}`} onClick={() => setOpen(true)}>
        Resolve
      </Button>
      <TextDialog
        id={id}
        acts={acts}
        isOpen={isOpen}
        onOpenChange={setOpen}
        verb="Resolve"
        title={`Resolve ${noun}: ${what}`}
        label="What did you do? (optional)"
        isRequired={false}
        onSay={(text) => perform({ kind: "resolve", text: text || null })}
      />
    </>
  );
}

/** Adds a note; also possible once closed. */
export function NoteButton({ id, what, acts, perform }: ActionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" size="small" aria-label={`Note: ${what}`} onClick={() => setOpen(true)}>
        Note
      </Button>
      <TextDialog
        id={id}
        acts={acts}
        isOpen={isOpen}
        onOpenChange={setOpen}
        verb="Save note"
        title={`Note: ${what}`}
        label="Note"
        isRequired
        onSay={(text) => perform({ kind: "note", text })}
      />
    </>
  );
}

interface ActionButtonsProps extends ActionProps {
  noun: "alert" | "incident";
  /** False if it is closed: then only notes are possible. */
  isOpen: boolean;
  /** Further actions, after Acknowledge. */
  children?: ReactNode;
}

/** Actions on an alert, an incident or a worse version. Renders nothing without the permission. */
export function ActionButtons({ id, what, noun, acts, isOpen, perform, children }: ActionButtonsProps) {
  const { canAct } = useAlertsContext();
  if (!canAct) return null;
  const props = { id, what, acts, perform };
  return (
    <div className="relative z-10 flex flex-wrap items-center gap-1.5">
      {isOpen && (
        <>
          {!acts.acknowledged && (
            <Button
              variant="primary"
              size="small"
              aria-label={`Acknowledge: ${what}`}
              onClick={() => perform({ kind: "acknowledge" })}
            >
              Acknowledge
            </Button>
          )}
          {children}
          <AssignMenu {...props} />
          <SnoozeMenu {...props} />
          <ResolveButton {...props} noun={noun} />
        </>
      )}
      <NoteButton {...props} />
    </div>
  );
}
