"use client";

import { useSortable } from "@dnd-kit/react/sortable";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import type { ReactNode } from "react";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge } from "@/components/settings/row";
import { Button, IconButton } from "@/components/ui/button";
import { describeAnswer, describeConditions } from "@/lib/routing/describe-routing";
import type { Rule } from "@/lib/routing/routing";
import { resourcesQuery } from "@/lib/vapi/resources";

interface RuleRowProps {
  rule: Rule;
  /** Index from 0, and number of rules. */
  index: number;
  count: number;
  onMove: (to: number, button: HTMLElement) => void;
  onEdit: () => void;
  onDuplicate: () => void;
  onSwitch: () => void;
  onDelete: () => void;
  /** The form, while it is open. */
  children: ReactNode;
}

/** One rule in plain words, with its actions. */
export function RuleRow({ rule, index, count, children, ...on }: RuleRowProps) {
  const { ref, handleRef, isDragging } = useSortable({ id: rule.id, index });
  const { data } = useQuery(resourcesQuery);
  const nameOf = (id: string) =>
    [...(data?.assistants ?? []), ...(data?.squads ?? [])].find((each) => each.id === id)?.name ?? id;
  const isFirst = index === 0;
  const isLast = index === count - 1;
  return (
    <li ref={ref} className={`grid gap-3 bg-surface px-2 py-3 sm:px-3 ${isDragging ? "shadow-lg" : ""}`}>
      <div className="flex items-start gap-2">
        <button
          ref={handleRef}
          type="button"
          aria-label={`Drag “${rule.name}”`}
          className="reach grid size-8 shrink-0 cursor-grab touch-none place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
        <div className="grid min-w-0 flex-1 gap-2">
          <div>
            <div className="wrap-anywhere font-medium">
              <span className="text-muted">{index + 1}.</span> {rule.name}
              {!rule.isEnabled && <Badge>off</Badge>}
            </div>
            <p className="wrap-anywhere text-muted text-sm">
              {describeConditions(rule.when)} → {describeAnswer(rule.answer, nameOf)}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <IconButton
              label={`Move “${rule.name}” up`}
              isSmall
              aria-disabled={isFirst}
              onClick={({ currentTarget }) => !isFirst && on.onMove(index - 1, currentTarget)}
            >
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={`Move “${rule.name}” down`}
              isSmall
              aria-disabled={isLast}
              onClick={({ currentTarget }) => !isLast && on.onMove(index + 1, currentTarget)}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            <Button size="small" aria-expanded={children !== false} onClick={on.onEdit}>
              Edit
            </Button>
            <Button size="small" onClick={on.onDuplicate}>
              Duplicate
            </Button>
            <Button size="small" onClick={on.onSwitch}>
              {rule.isEnabled ? "Disable" : "Enable"}
            </Button>
            <ConfirmButton verb="Delete" title={`Delete “${rule.name}”?`} onConfirm={on.onDelete}>
              Calls it answered go to the rules below it from now on. This cannot be undone.
            </ConfirmButton>
          </div>
        </div>
      </div>
      {children}
    </li>
  );
}
