"use client";

import { Plus, Trash2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { Choice } from "@/components/form/choice";
import { Check } from "@/components/form/field";
import { ConditionFields } from "@/components/rules/condition-fields";
import { Button, IconButton } from "@/components/ui/button";
import { type ConditionDraft, type GroupDraft, newCondition, newGroup } from "@/lib/rules/draft";

const mostConditions = 10;
/** Deepest nesting that can be created here; rules from the API may be deeper and are shown in full. */
const mostLevels = 3;

const joinOptions = [
  { value: "and", label: "All conditions hold" },
  { value: "or", label: "Any condition holds" },
] as const;

interface ConditionGroupProps {
  group: GroupDraft;
  /** Position: empty for the whole rule, "2.1" for the first in the second group. */
  place?: string;
  onChange: (group: GroupDraft) => void;
  /** Null for the whole rule. */
  onRemove?: (() => void) | null;
}

/** Combined conditions, each a single one or a group. */
export function ConditionGroup({ group, place = "", onChange, onRemove = null }: ConditionGroupProps) {
  const { join, of, isNot } = group;
  const fieldset = useRef<HTMLFieldSetElement>(null);
  /** Key of the condition just added; it gets the focus once rendered. */
  const added = useRef<string | null>(null);
  useEffect(() => {
    if (added.current === null || !of.some(({ key }) => key === added.current)) return;
    const field = fieldset.current?.querySelector(`[data-condition="${added.current}"]`);
    added.current = null;
    field?.querySelector<HTMLElement>("button, input")?.focus();
  }, [of]);

  function add(draft: ConditionDraft) {
    added.current = draft.key;
    onChange({ ...group, of: [...of, draft] });
  }

  function remove(index: number) {
    // The pressed button is removed with its condition, so the focus moves to the group.
    fieldset.current?.focus();
    onChange({ ...group, of: of.toSpliced(index, 1) });
  }

  const canRemove = of.length > 1;
  const level = place === "" ? 1 : place.split(".").length + 1;
  return (
    <fieldset
      ref={fieldset}
      tabIndex={-1}
      className={`grid min-w-0 gap-3 outline-none ${place && "rounded-md border border-line-strong border-dashed p-3"}`}
    >
      <legend className={place ? "sr-only" : "pb-2 font-semibold text-sm"}>
        {place ? `Group ${place}` : "Fires when"}
      </legend>
      {(place !== "" || of.length > 1) && (
        <div className="flex items-end gap-3">
          <div className="min-w-0 max-w-64 flex-1">
            <Choice
              label={place ? `Group ${place}` : "Match"}
              value={join}
              options={joinOptions}
              onChange={(value) => onChange({ ...group, join: value === "or" ? "or" : "and" })}
            />
          </div>
          {place !== "" && (
            <Check
              label="Not"
              checked={isNot}
              onChange={({ target }) => onChange({ ...group, isNot: target.checked })}
            />
          )}
          {onRemove && (
            <IconButton label={`Remove group ${place}`} onClick={onRemove} className="ml-auto">
              <Trash2 aria-hidden />
            </IconButton>
          )}
        </div>
      )}
      {of.map((each, index) => {
        const part = `${place && `${place}.`}${index + 1}`;
        const change = (next: ConditionDraft) => onChange({ ...group, of: of.with(index, next) });
        const onRemovePart = canRemove ? () => remove(index) : null;
        return (
          <div key={each.key} data-condition={each.key} className="min-w-0">
            {"of" in each ? (
              <ConditionGroup group={each} place={part} onChange={change} onRemove={onRemovePart} />
            ) : (
              <ConditionFields draft={each} place={part} onChange={change} onRemove={onRemovePart} />
            )}
          </div>
        );
      })}
      {of.length < mostConditions && (
        <div className="flex flex-wrap gap-2">
          <Button size={place ? "small" : "normal"} onClick={() => add(newCondition())}>
            <Plus aria-hidden />
            Add condition
            {place && <span className="sr-only">to group {place}</span>}
          </Button>
          {level < mostLevels && (
            <Button size={place ? "small" : "normal"} onClick={() => add(newGroup())}>
              <Plus aria-hidden />
              Add group
              {place && <span className="sr-only">to group {place}</span>}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
