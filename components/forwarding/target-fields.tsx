"use client";

import { useState } from "react";
import { Choice } from "@/components/form/choice";
import { Check, Field, TextArea } from "@/components/form/field";
import { readFields } from "@/components/form/read-fields";
import { bodyLabels } from "@/components/forwarding/labels";
import { forwardingBodies, type Mapping, type Target } from "@/lib/forwarding/target";

const report = "end-of-call-report";

const scopes = [
  { value: "all", label: "All events" },
  { value: "reports", label: "Reports only" },
  { value: "chosen", label: "Chosen message types" },
  { value: "none", label: "No events, only alerts" },
] as const;

const bodies = forwardingBodies.map((value) => ({ value, label: bodyLabels[value] }));

function scopeOf(types: Target["types"]): string {
  if (types === null) return "all";
  if (types.length === 0) return "none";
  return types.length === 1 && types[0] === report ? "reports" : "chosen";
}

/** The request body for the API, which validates it. */
export function readTargetForm(form: FormData): object {
  const { name, url, scope, assistants, body, mapping } = readFields(
    form,
    "name",
    "url",
    "scope",
    "assistants",
    "body",
    "mapping",
  );
  const chosen = form.getAll("type");
  const types = { all: null, reports: [report], none: [] }[scope];
  return {
    name,
    url: url.trim(),
    types: types === undefined ? chosen : types,
    sendsAlerts: scope === "none" || form.has("sendsAlerts"),
    assistants: assistants
      .split(/[,\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
    body,
    mapping: body === "mapped" ? readMapping(mapping) : null,
    isMasked: form.has("isMasked"),
  };
}

/** Parses lines like `field = path`; a line without a path is passed on for the API to reject. */
function readMapping(text: string): Mapping {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at === -1 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

interface TargetFieldsProps {
  /** Null for a new target. */
  target: Target | null;
  /** Message types whose events are stored. */
  types: readonly string[];
}

/** The fields of a forwarding target. */
export function TargetFields({ target, types }: TargetFieldsProps) {
  const [scope, setScope] = useState<string>(scopeOf(target ? target.types : null));
  const [body, setBody] = useState<string>(target?.body ?? "trimmed");
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_23rem]">
        <Field
          label="Name"
          name="name"
          autoComplete="off"
          required
          maxLength={100}
          defaultValue={target?.name}
        />
        <div className="lg:col-span-2">
          <Field
            label="URL"
            name="url"
            type="url"
            placeholder="https://"
            required
            defaultValue={target?.url}
          />
        </div>
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_23rem]">
        <Choice label="Send" name="scope" options={scopes} value={scope} onChange={setScope} />
        <Field
          label="Assistants"
          name="assistants"
          autoComplete="off"
          hint="IDs or names, comma-separated. Leave empty for all."
          defaultValue={target?.assistants.join(", ")}
        />
        <Choice label="Body" name="body" options={bodies} value={body} onChange={setBody} />
      </div>
      {scope === "chosen" && <TypeChoice types={types} chosen={target?.types ?? []} />}
      {body === "mapped" && (
        <TextArea
          label="Fields"
          name="mapping"
          isCode
          rows={4}
          required
          placeholder={"summary = message.analysis.summary\nfirstTool = message.toolCallList[0].name"}
          hint="One per line: field = path in the whole body. Missing values become null."
          defaultValue={Object.entries(target?.mapping ?? {})
            .map(([name, path]) => `${name} = ${path}`)
            .join("\n")}
        />
      )}
      <div className="flex flex-wrap gap-x-6">
        {scope !== "none" && (
          <Check name="sendsAlerts" label="Send alerts too" defaultChecked={target?.sendsAlerts ?? false} />
        )}
        <Check
          name="isMasked"
          label="Mask caller data, as for viewers"
          defaultChecked={target?.isMasked ?? true}
        />
      </div>
    </>
  );
}

function TypeChoice({ types, chosen }: { types: readonly string[]; chosen: readonly string[] }) {
  const all = [...new Set([...types, ...chosen])];
  return (
    <fieldset className="grid gap-1.5">
      <legend className="font-medium text-sm">Message types</legend>
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
        {all.map((type) => (
          <Check
            key={type}
            name="type"
            value={type}
            label={<span className="wrap-anywhere">{type}</span>}
            defaultChecked={chosen.includes(type)}
          />
        ))}
      </div>
    </fieldset>
  );
}
