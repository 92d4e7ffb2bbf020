"use client";

import { Trash2 } from "lucide-react";
import { Choice } from "@/components/form/choice";
import { Check, Field, NumberField } from "@/components/form/field";
import { IconButton } from "@/components/ui/button";
import { endedGroupLabels, endedGroups } from "@/lib/calls/ended-reason";
import type { SimpleCondition } from "@/lib/rules/condition";
import { conditionLabels } from "@/lib/rules/conditions";
import { initialCondition, type SimpleDraft } from "@/lib/rules/draft";
import { sensitiveKinds, sensitiveLabels } from "@/lib/rules/sensitive-data";

const { and: _and, or: _or, not: _not, ...simpleLabels } = conditionLabels;

const kindOptions = (Object.keys(simpleLabels) as SimpleCondition["kind"][]).map((value) => ({
  value,
  label: simpleLabels[value],
}));

const speakerOptions = [
  { value: "user", label: "Caller" },
  { value: "assistant", label: "Assistant" },
  { value: "any", label: "Anyone" },
];

interface ConditionFieldsProps {
  draft: SimpleDraft;
  /** Position: "2", or "2.1" in a group. */
  place: string;
  onChange: (draft: SimpleDraft) => void;
  /** Null if it is the only condition. */
  onRemove: (() => void) | null;
}

export function ConditionFields({ draft, place, onChange, onRemove }: ConditionFieldsProps) {
  const { condition, isNot } = draft;
  const isKind = (kind: string): kind is SimpleCondition["kind"] => Object.hasOwn(simpleLabels, kind);
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-md border border-line p-3">
      <legend className="sr-only">Condition {place}</legend>
      <div className="flex items-end gap-3">
        <div className="min-w-0 max-w-64 flex-1">
          <Choice
            label={`Condition ${place}`}
            value={condition.kind}
            options={kindOptions}
            onChange={(kind) => isKind(kind) && onChange({ ...draft, condition: initialCondition(kind) })}
          />
        </div>
        <Check
          label="Not"
          checked={isNot}
          onChange={({ target }) => onChange({ ...draft, isNot: target.checked })}
        />
        {onRemove && (
          <IconButton label={`Remove condition ${place}`} onClick={onRemove} className="ml-auto">
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <Details condition={condition} onChange={(next) => onChange({ ...draft, condition: next })} />
    </fieldset>
  );
}

interface DetailsProps {
  condition: SimpleCondition;
  onChange: (condition: SimpleCondition) => void;
}

function Details({ condition, onChange }: DetailsProps) {
  switch (condition.kind) {
    case "phrase":
      return (
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_10rem_12rem]">
          <Field
            label={condition.match === "pattern" ? "Pattern (RE2)" : "Words"}
            value={condition.phrase}
            maxLength={300}
            required
            dir="auto"
            autoComplete="off"
            onChange={({ target }) => onChange({ ...condition, phrase: target.value })}
          />
          <Speaker condition={condition} onChange={onChange} />
          <Choice
            label="Match"
            value={condition.match}
            options={[
              { value: "words", label: "Words in any order" },
              { value: "exact", label: "Exact phrase" },
              { value: "pattern", label: "Pattern" },
            ]}
            onChange={(match) => onChange({ ...condition, match: match as typeof condition.match })}
          />
        </div>
      );
    case "sensitive-data":
      return (
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_10rem]">
          <fieldset className="flex flex-wrap gap-x-4">
            <legend className="font-medium text-sm">Kinds of data</legend>
            {sensitiveKinds.map((kind) => (
              <Check
                key={kind}
                label={sensitiveLabels[kind]}
                checked={condition.data.includes(kind)}
                onChange={({ target }) =>
                  onChange({ ...condition, data: toggled(condition.data, kind, target.checked) })
                }
              />
            ))}
          </fieldset>
          <Speaker condition={condition} onChange={onChange} />
        </div>
      );
    case "tool-failing":
      return (
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_8rem_8rem]">
          <Field
            label="Tool"
            placeholder="Any"
            maxLength={200}
            autoComplete="off"
            value={condition.tool ?? ""}
            onChange={({ target }) => onChange({ ...condition, tool: target.value || null })}
          />
          <Amount
            label="Failures"
            value={condition.failures}
            max={50}
            onChange={(failures) => onChange({ ...condition, failures })}
          />
          <Amount
            label="Of the last"
            value={condition.of}
            max={50}
            onChange={(of) => onChange({ ...condition, of })}
          />
        </div>
      );
    case "no-answer":
    case "silence":
    case "length":
      return (
        <Amount
          label="Seconds"
          value={condition.seconds}
          max={86_400}
          onChange={(seconds) => onChange({ ...condition, seconds })}
        />
      );
    case "interruptions":
      return (
        <Amount
          label="Interruptions"
          value={condition.count}
          max={50}
          onChange={(count) => onChange({ ...condition, count })}
        />
      );
    case "cost":
      return (
        <Amount
          label="US dollars"
          value={condition.usd}
          min={0.01}
          step={0.01}
          max={10_000}
          onChange={(usd) => onChange({ ...condition, usd })}
        />
      );
    case "response-time":
      return (
        <div className="grid items-start gap-3 sm:grid-cols-[8rem_12rem]">
          <Amount
            label="Seconds"
            value={condition.seconds}
            min={0.1}
            step={0.1}
            max={600}
            onChange={(seconds) => onChange({ ...condition, seconds })}
          />
          <Choice
            label="Of"
            value={String(condition.percentile)}
            options={[
              { value: "95", label: "p95 response" },
              { value: "50", label: "Median response" },
              { value: "100", label: "Slowest response" },
            ]}
            onChange={(value) =>
              onChange({ ...condition, percentile: value === "50" ? 50 : value === "100" ? 100 : 95 })
            }
          />
        </div>
      );
    case "end-reason":
      return (
        <div className="grid gap-3">
          <fieldset className="flex flex-wrap gap-x-4">
            <legend className="font-medium text-sm">Groups</legend>
            {endedGroups.map((group) => (
              <Check
                key={group}
                label={endedGroupLabels[group]}
                checked={condition.groups.includes(group)}
                onChange={({ target }) =>
                  onChange({ ...condition, groups: toggled(condition.groups, group, target.checked) })
                }
              />
            ))}
          </fieldset>
          <Field
            label="Vapi codes"
            autoComplete="off"
            hint="Comma-separated. A * at the end matches any ending."
            defaultValue={condition.reasons.join(", ")}
            onChange={({ target }) =>
              onChange({
                ...condition,
                reasons: target.value.split(",").flatMap((code) => code.trim() || []),
              })
            }
          />
        </div>
      );
    case "threat":
      return (
        <p className="text-muted text-sm">
          Vapi's security filter must be on for the assistant's transcriber.
        </p>
      );
  }
}

function toggled<T>(values: readonly T[], value: T, isOn: boolean): T[] {
  const others = values.filter((other) => other !== value);
  return isOn ? [...others, value] : others;
}

type Spoken = Extract<SimpleCondition, { kind: "phrase" | "sensitive-data" }>;

function Speaker({ condition, onChange }: { condition: Spoken; onChange: (condition: Spoken) => void }) {
  return (
    <Choice
      label="Said by"
      value={condition.speaker}
      options={speakerOptions}
      onChange={(speaker) => onChange({ ...condition, speaker: speaker as Spoken["speaker"] })}
    />
  );
}

interface AmountProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
}

function Amount({ value, min = 1, onChange, ...field }: AmountProps) {
  return (
    <NumberField
      required
      min={min}
      value={Number.isNaN(value) ? "" : String(value)}
      onChange={({ target }) => onChange(target.valueAsNumber)}
      {...field}
    />
  );
}
