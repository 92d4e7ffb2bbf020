"use client";

import { useState } from "react";
import { Choice } from "@/components/form/choice";
import { Field, TextArea } from "@/components/form/field";
import { ResourceField } from "@/components/form/resource-field";
import type { Answer, AnswerKind } from "@/lib/routing/routing";

/** Kinds of answer, most common first. */
export const answerKinds = [
  { value: "assistant-id", label: "Assistant" },
  { value: "squad-id", label: "Squad" },
  { value: "workflow-id", label: "Workflow (by ID)" },
  { value: "number", label: "Transfer to a number" },
  { value: "sip", label: "Transfer to a SIP address" },
  { value: "error", label: "Play a message and hang up" },
  { value: "assistant", label: "Inline assistant (JSON)" },
  { value: "squad", label: "Inline squad (JSON)" },
] as const satisfies { value: AnswerKind; label: string }[];

/** Fields for the answer to a call. */
export function AnswerFields({ answer, canBeNone = false }: { answer: Answer | null; canBeNone?: boolean }) {
  const [kind, setKind] = useState<AnswerKind | "">(answer?.kind ?? (canBeNone ? "" : "assistant-id"));
  const none = { value: "", label: "Default assistant (from environment), else apology" };
  return (
    <>
      <Choice
        label="Answer"
        name="kind"
        options={canBeNone ? [none, ...answerKinds] : answerKinds}
        value={kind}
        onChange={(chosen) => setKind(answerKinds.find(({ value }) => value === chosen)?.value ?? "")}
      />
      <KindFields kind={kind} answer={answer?.kind === kind ? answer : null} />
    </>
  );
}

const toJson = (value: unknown) => (value === undefined ? "" : JSON.stringify(value, null, 2));

function KindFields({ kind, answer }: { kind: AnswerKind | ""; answer: Answer | null }) {
  switch (kind) {
    case "":
      return null;
    case "number":
    case "sip":
      return <DestinationFields kind={kind} answer={answer} />;
    case "error":
      return (
        <Field
          label="Message to the caller"
          name="error"
          required
          maxLength={500}
          defaultValue={answer?.kind === "error" ? answer.error : ""}
        />
      );
    case "assistant":
    case "squad":
    case "assistant-id":
    case "squad-id":
    case "workflow-id":
      return (
        <>
          <TargetField kind={kind} answer={answer} />
          <TextArea
            label="Overrides"
            name="overrides"
            rows={3}
            isCode
            placeholder='{ "firstMessage": "…", "variableValues": { "line": "sales" } }'
            defaultValue={answer && "overrides" in answer ? toJson(answer.overrides) : ""}
            hint="JSON, optional. The conversation's context is passed as variables automatically."
          />
        </>
      );
    default:
      return kind satisfies never;
  }
}

type TargetKind = Exclude<AnswerKind, "number" | "sip" | "error">;

function TargetField({ kind, answer }: { kind: TargetKind; answer: Answer | null }) {
  switch (kind) {
    case "assistant":
    case "squad": {
      const written =
        answer?.kind === "assistant" ? answer.assistant : answer?.kind === "squad" && answer.squad;
      return (
        <TextArea
          label={kind === "assistant" ? "Assistant" : "Squad"}
          name="written"
          rows={10}
          isCode
          required
          defaultValue={written ? toJson(written) : ""}
          hint="JSON in Vapi's format. Keep secrets in Vapi and refer to them by credentialId."
        />
      );
    }
    case "assistant-id":
    case "squad-id":
      return (
        <ResourceField
          key={kind}
          kind={kind === "squad-id" ? "squads" : "assistants"}
          label={kind === "squad-id" ? "Squad" : "Assistant"}
          name="target"
          required
          defaultValue={idOf(answer)}
        />
      );
    case "workflow-id":
      return (
        <Field
          label="Workflow ID"
          name="target"
          required
          autoComplete="off"
          spellCheck={false}
          defaultValue={idOf(answer)}
        />
      );
    default:
      return kind satisfies never;
  }
}

function idOf(answer: Answer | null): string {
  if (answer?.kind === "assistant-id") return answer.assistantId;
  if (answer?.kind === "squad-id") return answer.squadId;
  return answer?.kind === "workflow-id" ? answer.workflowId : "";
}

function DestinationFields({ kind, answer }: { kind: "number" | "sip"; answer: Answer | null }) {
  const known = answer?.kind === "number" || answer?.kind === "sip" ? answer : null;
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      {kind === "number" ? (
        <>
          <Field
            label="Number"
            name="number"
            type="tel"
            required
            placeholder="+15550100100"
            defaultValue={known?.kind === "number" ? known.number : ""}
          />
          <Field
            label="Extension"
            name="extension"
            maxLength={10}
            defaultValue={known?.kind === "number" ? known.extension : ""}
          />
        </>
      ) : (
        <Field
          label="SIP address"
          name="sipUri"
          required
          placeholder="sip:desk@example.com"
          defaultValue={known?.kind === "sip" ? known.sipUri : ""}
        />
      )}
      <Field
        label="Said before the transfer"
        name="message"
        maxLength={500}
        placeholder="Nothing"
        defaultValue={known?.message}
      />
    </div>
  );
}
