"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Check, Field, FormMessage, NumberField } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { type EscalationTargets, escalationSubjectLabels } from "@/components/notifications/labels";
import { TimeFields } from "@/components/routing/condition-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import {
  escalationPolicySchema,
  escalationSubjects,
  mostSteps,
  type StoredEscalationPolicy,
} from "@/lib/notifications/escalation";

interface EscalationFormProps {
  /** Null for a new policy. */
  policy: StoredEscalationPolicy | null;
  targets: EscalationTargets;
  onDone: () => void;
}

interface StepDraft {
  key: string;
  afterMinutes: string;
  channelIds: readonly string[];
  userIds: readonly string[];
  everyMinutes: string;
  times: string;
}

/** Drafts of the policy's steps. People who have lost access since are left out: a policy that names them cannot be saved. */
function toDrafts(policy: StoredEscalationPolicy | null, { people }: EscalationTargets): StepDraft[] {
  if (!policy) return [newStep(5)];
  return policy.steps.map(({ afterMinutes, channelIds, userIds, repeat }) => ({
    key: crypto.randomUUID(),
    afterMinutes: String(afterMinutes),
    channelIds,
    userIds: userIds.filter((id) => people.some((person) => person.id === id)),
    everyMinutes: repeat ? String(repeat.everyMinutes) : "",
    times: String(repeat?.times ?? 3),
  }));
}

const newStep = (afterMinutes: number): StepDraft => ({
  key: crypto.randomUUID(),
  afterMinutes: String(afterMinutes),
  channelIds: [],
  userIds: [],
  everyMinutes: "",
  times: "3",
});

const toStep = ({ afterMinutes, channelIds, userIds, everyMinutes, times }: StepDraft) => ({
  afterMinutes: Number(afterMinutes),
  channelIds: [...channelIds],
  userIds: [...userIds],
  repeat: everyMinutes === "" ? null : { everyMinutes: Number(everyMinutes), times: Number(times) },
});

/** Form for an escalation policy. If saving fails, the typed values stay. */
export function EscalationForm({ policy, targets, onDone }: EscalationFormProps) {
  const { isPending, problem, run } = useChange();
  const [steps, setSteps] = useState(() => toDrafts(policy, targets));
  const [isTimed, setTimed] = useState(policy?.hours != null);
  const [why, setWhy] = useState<string | null>(null);

  function save(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? "");
    const parsed = escalationPolicySchema.safeParse({
      name: text("name"),
      isEnabled: policy?.isEnabled ?? true,
      subjects: form.getAll("subjects"),
      hours: isTimed
        ? {
            from: text("from"),
            to: text("to"),
            zone: text("zone"),
            weekdays: form.getAll("weekdays").map(Number),
          }
        : null,
      steps: steps.map(toStep),
    });
    setWhy(parsed.success ? null : [...new Set(parsed.error.issues.map(({ message }) => message))].join(" "));
    if (!parsed.success) return;
    run(
      () =>
        policy
          ? sendJson("PATCH", `/api/escalation-policies/${policy.id}`, parsed.data)
          : sendJson("POST", "/api/escalation-policies", parsed.data),
      onDone,
    );
  }

  const last = Number(steps.at(-1)?.afterMinutes ?? 0);
  return (
    <form
      aria-label={policy ? `Edit “${policy.name}”` : "New escalation policy"}
      onSubmit={takeFields(save)}
      className="grid min-w-0 gap-4"
    >
      <Field
        label="Name"
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        dir="auto"
        defaultValue={policy?.name}
      />
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="font-medium text-sm">For</legend>
        {escalationSubjects.map((subject) => (
          <Check
            key={subject}
            name="subjects"
            value={subject}
            label={escalationSubjectLabels[subject]}
            defaultChecked={policy?.subjects.includes(subject) ?? subject === "incident"}
          />
        ))}
      </fieldset>
      {steps.map((step, index) => (
        <StepFields
          key={step.key}
          step={step}
          place={index + 1}
          targets={targets}
          onChange={(next) => setSteps(steps.with(index, { ...step, ...next }))}
          onRemove={steps.length > 1 ? () => setSteps(steps.toSpliced(index, 1)) : null}
        />
      ))}
      {steps.length < mostSteps && (
        <Button onClick={() => setSteps([...steps, newStep(last + 10)])} className="justify-self-start">
          <Plus aria-hidden />
          Add step
        </Button>
      )}
      <Check
        label="Only at certain times"
        checked={isTimed}
        onChange={({ currentTarget }) => setTimed(currentTarget.checked)}
      />
      {isTimed && <TimeFields time={policy?.hours ?? null} />}
      {(why ?? problem) && <FormMessage kind="error">{why ?? problem ?? ""}</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={isPending}>
          Save
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface StepFieldsProps {
  step: StepDraft;
  place: number;
  targets: EscalationTargets;
  onChange: (next: Partial<StepDraft>) => void;
  /** Null if it is the only step. */
  onRemove: (() => void) | null;
}

function StepFields({ step, place, targets, onChange, onRemove }: StepFieldsProps) {
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium text-sm">Step {place}</legend>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <NumberField
          label="After"
          unit="min"
          min={1}
          max={1440}
          required
          value={step.afterMinutes}
          hint="Since it opened."
          onChange={({ target }) => onChange({ afterMinutes: target.value })}
        />
        <NumberField
          label="Repeat every"
          unit="min"
          min={1}
          max={1440}
          value={step.everyMinutes}
          hint="Leave empty to send once."
          onChange={({ target }) => onChange({ everyMinutes: target.value })}
        />
        <NumberField
          label="Max. repeats"
          min={1}
          max={100}
          required={step.everyMinutes !== ""}
          disabled={step.everyMinutes === ""}
          value={step.times}
          onChange={({ target }) => onChange({ times: target.value })}
        />
      </div>
      <Choices
        legend="Channels"
        all={targets.channels}
        chosen={step.channelIds}
        onChange={(channelIds) => onChange({ channelIds })}
      />
      <Choices
        legend="People, by e-mail and push"
        all={targets.people}
        chosen={step.userIds}
        onChange={(userIds) => onChange({ userIds })}
      />
      {onRemove && (
        <Button size="small" onClick={onRemove} className="justify-self-start">
          <X aria-hidden />
          Remove step {place}
        </Button>
      )}
    </fieldset>
  );
}

interface ChoicesProps {
  legend: string;
  all: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Checkboxes for several choices; renders nothing if there are none. */
function Choices({ legend, all, chosen, onChange }: ChoicesProps) {
  if (all.length === 0) return null;
  return (
    <fieldset className="flex max-h-48 min-w-0 flex-wrap gap-x-4 overflow-y-auto">
      <legend className="text-sm">{legend}</legend>
      {all.map(({ id, name }) => (
        <Check
          key={id}
          label={
            <span dir="auto" className="wrap-anywhere">
              {name}
            </span>
          }
          checked={chosen.includes(id)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))
          }
        />
      ))}
    </fieldset>
  );
}
