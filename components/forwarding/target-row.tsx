"use client";

import { useState } from "react";
import * as z from "zod";
import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { describeScope, shortBodyLabels } from "@/components/forwarding/labels";
import { ReplayDialog } from "@/components/forwarding/replay-dialog";
import { readTargetForm, TargetFields } from "@/components/forwarding/target-fields";
import { SigningKey } from "@/components/forwarding/target-form";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { deliverySchema, type Target } from "@/lib/forwarding/target";
import { sendJson } from "@/lib/http/client";

/** A target's URL, scope and state. */
export function TargetFacts({ target }: { target: Target }) {
  const { url, body, isMasked, pending, failures, failingSince, openUntil, lastDeliveredAt, replay } = target;
  return (
    <>
      {url} · {describeScope(target)} · {shortBodyLabels[body]}, {isMasked ? "masked" : "not masked"}
      {lastDeliveredAt && (
        <>
          {" "}
          · last delivered <LocalTime at={lastDeliveredAt} />
        </>
      )}
      {pending > 0 && ` · ${pending} waiting`}
      {failingSince && (
        <>
          {" "}
          · {formatCount(failures, "failure")} in a row since <LocalTime at={failingSince} />
        </>
      )}
      {openUntil && (
        <>
          , next attempt <LocalTime at={openUntil} />
        </>
      )}
      {replay && (
        <>
          {" "}
          · sending again <LocalTime at={replay.from} /> to <LocalTime at={replay.to} />, {replay.items} so
          far
        </>
      )}
    </>
  );
}

const testedSchema = deliverySchema.pick({ outcome: true, status: true, tookMs: true, error: true });
const rotatedSchema = z.object({ key: z.string().nullable() });

type Message = { kind: "done" | "error"; text: string };

/** One forwarding target, with its state and actions. */
export function TargetRow({ target, types }: { target: Target; types: readonly string[] }) {
  const { id, name, isEnabled, isReadable } = target;
  const { isPending, problem, run } = useChange();
  const [message, setMessage] = useState<Message | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const [open, setOpen] = useState<"edit" | "replay" | null>(null);
  const path = `/api/forwarding-targets/${id}`;

  const change = (body: object, onDone?: (value: unknown) => void) =>
    run(
      () => sendJson("PATCH", path, body),
      (value) => {
        setMessage(null);
        onDone?.(value);
      },
    );

  const test = () =>
    run(
      () => sendJson("POST", `${path}/test`),
      (value) => {
        const { outcome, status, tookMs, error } = testedSchema.parse(value);
        setMessage(
          outcome === "delivered"
            ? { kind: "done", text: `Test delivered: answered ${status} in ${tookMs} ms.` }
            : { kind: "error", text: error ?? "The test was not delivered." },
        );
      },
    );

  return (
    <Row
      title={
        <>
          {name}
          {!isEnabled && <Badge>Paused</Badge>}
          {isEnabled && target.failingSince && <Badge>Failing</Badge>}
        </>
      }
      facts={<TargetFacts target={target} />}
      actions={
        <>
          <Button size="small" disabled={isPending} onClick={test}>
            Test
          </Button>
          <Button size="small" disabled={isPending} onClick={() => change({ isEnabled: !isEnabled })}>
            {isEnabled ? "Pause" : "Resume"}
          </Button>
          <Button
            size="small"
            aria-expanded={open === "edit"}
            onClick={() => setOpen(open === "edit" ? null : "edit")}
          >
            Edit
          </Button>
          <Button size="small" onClick={() => setOpen("replay")}>
            Send again…
          </Button>
          <ConfirmButton
            verb="Rotate key"
            title={`Rotate the key of “${name}”?`}
            disabled={isPending}
            onConfirm={() => change({ rotates: true }, (value) => setKey(rotatedSchema.parse(value).key))}
          >
            Requests are signed with both keys for 24 hours, then with the new one alone.
          </ConfirmButton>
          <ConfirmButton
            verb="Delete"
            title={`Delete “${name}”?`}
            disabled={isPending}
            onConfirm={() => run(() => sendJson("DELETE", path))}
          >
            Pending deliveries are dropped and its log is deleted. This cannot be undone.
          </ConfirmButton>
        </>
      }
    >
      {!isReadable && (
        <FormMessage kind="error">
          The key can’t be read: BETTER_AUTH_SECRET has changed. Nothing is sent. Rotate the key.
        </FormMessage>
      )}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {message && !problem && <FormMessage kind={message.kind}>{message.text}</FormMessage>}
      {key && <SigningKey secret={key} />}
      {open === "edit" && (
        <form
          aria-label={`Edit ${name}`}
          onSubmit={takeFields((form) => change(readTargetForm(form), () => setOpen(null)))}
          className="grid gap-3 border-line border-t pt-3"
        >
          <TargetFields target={target} types={types} />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" disabled={isPending}>
              Save
            </Button>
            <Button onClick={() => setOpen(null)}>Cancel</Button>
          </div>
        </form>
      )}
      {open === "replay" && (
        <ReplayDialog
          target={target}
          onClose={(items) => {
            setOpen(null);
            if (items !== null) setMessage({ kind: "done", text: `${items} items are being sent again.` });
          }}
        />
      )}
    </Row>
  );
}
