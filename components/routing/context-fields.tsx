"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Choice } from "@/components/form/choice";
import { Field } from "@/components/form/field";
import { Button, IconButton } from "@/components/ui/button";
import type { FieldTest } from "@/lib/routing/routing";

const tests = [
  { value: "is", label: "is" },
  { value: "is-not", label: "is not" },
  { value: "is-set", label: "is set" },
  { value: "is-not-set", label: "is not set" },
] as const satisfies { value: FieldTest["test"]; label: string }[];

const most = 10;
const blank: FieldTest = { path: "", test: "is", value: "" };

/** Conditions on fields of the conversation's context. */
export function ContextFields({ fields }: { fields: readonly FieldTest[] }) {
  const [rows, setRows] = useState(() => fields.map((field, key) => ({ key, field })));
  return (
    <div className="grid gap-3">
      {rows.map(({ key, field }, index) => (
        <fieldset key={key} className="grid items-end gap-2 sm:grid-cols-[1fr_8rem_1fr_auto]">
          <legend className="sr-only">{`Context field ${index + 1}`}</legend>
          <Field
            label="Context field"
            name="path"
            required
            placeholder="customer.tier"
            autoComplete="off"
            spellCheck={false}
            defaultValue={field.path}
          />
          <Choice label="Test" name="test" options={tests} defaultValue={field.test} />
          <Field label="Value" name="value" autoComplete="off" defaultValue={field.value} />
          <IconButton
            label={`Remove context field ${index + 1}`}
            className="size-10"
            onClick={() => setRows(rows.filter((row) => row.key !== key))}
          >
            <X aria-hidden />
          </IconButton>
        </fieldset>
      ))}
      {rows.length < most && (
        <Button
          size="small"
          className="justify-self-start"
          onClick={() => setRows([...rows, { key: (rows.at(-1)?.key ?? 0) + 1, field: blank }])}
        >
          <Plus aria-hidden />
          Add context field
        </Button>
      )}
    </div>
  );
}
