"use client";

import { useState } from "react";
import * as z from "zod";
import { Choice } from "@/components/form/choice";
import { Check, Field, FormMessage, NumberField } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ShownOnce } from "@/components/settings/shown-once";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import {
  alwaysTellsUpdates,
  type ChannelKind,
  channelFields,
  channelKindSchema,
  channelKinds,
  channelLabel,
} from "@/lib/notifications/channel";
import { ownZone } from "@/lib/zones";

/** The request body for the API, which validates it. */
export function readChannelForm(kind: ChannelKind, form: FormData): object {
  const { name, afterMinutes } = readFields(form, "name", "afterMinutes");
  const quietHours = readQuietHours(form);
  const tellsUpdates = alwaysTellsUpdates(kind) || form.has("tellsUpdates");
  const shared = { name, afterMinutes: Number(afterMinutes), quietHours, tellsUpdates };
  return { kind, ...shared, ...readTarget(kind, form) };
}

function readTarget(kind: ChannelKind, form: FormData): object {
  const fields = channelFields(kind).map(({ name, fallback }) => {
    const value = readFields(form, name)[name];
    return [name, value === "" && fallback ? null : value] as const;
  });
  return Object.fromEntries(fields);
}

function readQuietHours(form: FormData): object | null {
  const { from, until, zone } = readFields(form, "from", "until", "zone");
  if (from === "" && until === "") return null;
  return { from, to: until, zone: zone.trim() || ownZone() };
}

const answerSchema = z.object({ key: z.string().nullable() });
const kinds = channelKinds.map((value) => ({ value, label: channelLabel(value) }));

/** Creates a notification channel. */
export function ChannelForm({ hasSlackUrl }: { hasSlackUrl: boolean }) {
  const { isPending, problem, run } = useChange();
  const [kind, setKind] = useState<ChannelKind>("slack");
  const [key, setKey] = useState<string | null>(null);
  // Increments to remount the form, which empties it.
  const [made, setMade] = useState(0);

  function create(form: FormData) {
    run(
      () => sendJson("POST", "/api/notification-channels", readChannelForm(kind, form)),
      (value) => {
        setKey(answerSchema.parse(value).key);
        setMade(made + 1);
      },
    );
  }

  return (
    <div className="grid gap-3">
      <form key={made} onSubmit={takeFields(create)} className="grid gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-[10rem_1fr_2fr]">
          <Choice
            label="Kind"
            name="kind"
            options={kinds}
            value={kind}
            onChange={(chosen) => setKind(channelKindSchema.parse(chosen))}
          />
          <Field label="Name" name="name" autoComplete="off" required maxLength={100} />
          <TargetFields kind={kind} hasSlackUrl={hasSlackUrl} />
        </div>
        <div className="grid items-start gap-3 sm:grid-cols-4">
          <NumberField
            label="Delay"
            unit="min"
            name="afterMinutes"
            min={0}
            max={1440}
            defaultValue={0}
            hint="0: immediately. Otherwise only while unacknowledged."
          />
          <Field label="Quiet from" name="from" type="time" hint="Leave empty for never." />
          <Field label="Quiet until" name="until" type="time" />
          <Field label="Time zone" name="zone" placeholder="Europe/Berlin" hint="Leave empty for your own." />
        </div>
        {!alwaysTellsUpdates(kind) && (
          <Check
            name="tellsUpdates"
            label="Also notify when an alert is acknowledged, recovers or is resolved"
          />
        )}
        {problem && <FormMessage kind="error">{problem}</FormMessage>}
        <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
          Add channel
        </Button>
      </form>
      {key && (
        <ShownOnce what="signing key" secret={key}>
          Each request is signed with this key (Standard Webhooks). It is not shown again.
        </ShownOnce>
      )}
    </div>
  );
}

function TargetFields({ kind, hasSlackUrl }: { kind: ChannelKind; hasSlackUrl: boolean }) {
  const fields = channelFields(kind);
  if (fields.length === 0)
    return <p className="self-end text-muted">Sent to every device with push turned on.</p>;
  return (
    <div className={fields.length > 1 ? "grid items-start gap-3 sm:grid-cols-2" : "grid"}>
      {fields.map(({ fallback, hint, ...field }) => {
        const isOptional = fallback !== undefined && hasSlackUrl;
        return (
          <Field
            key={field.name}
            {...field}
            autoComplete="off"
            required={!isOptional}
            hint={isOptional ? `Leave empty to use ${fallback}.` : hint}
          />
        );
      })}
    </div>
  );
}
