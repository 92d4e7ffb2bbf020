"use client";

import { useState } from "react";
import { Field } from "@/components/form/field";
import { FormMessage } from "@/components/form/form-message";
import { takeFields } from "@/components/form/take-fields";
import { useChange } from "@/components/settings/use-change";
import { MailTemplateFields } from "@/components/tools/mail-template-fields";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { MailSettings, MailTemplate } from "@/lib/tools/mail-settings";

interface Draft {
  key: number;
  template: MailTemplate;
}

/** Whom assistants may write to, and what. */
export function MailForm({ settings, canSend }: { settings: MailSettings; canSend: boolean }) {
  const { isPending, refusal, run } = useChange();
  const [isSaved, setIsSaved] = useState(false);
  const [drafts, setDrafts] = useState<Draft[]>(() =>
    settings.templates.map((template, key) => ({ key, template })),
  );

  function save(form: FormData) {
    const read = (name: string) => form.getAll(name).map(String);
    const [names, subjects, texts] = [read("name"), read("subject"), read("text")];
    const templates = names.map((name, index) => ({ name, subject: subjects[index], text: texts[index] }));
    const domains = String(form.get("domains"))
      .split(/[\s,;]+/)
      .filter(Boolean);
    setIsSaved(false);
    run(
      () => sendJson("PUT", "/api/tools/mail", { domains, templates }),
      () => setIsSaved(true),
    );
  }

  const add = () =>
    setDrafts((all) => [
      ...all,
      { key: Math.max(-1, ...all.map(({ key }) => key)) + 1, template: { name: "", subject: "", text: "" } },
    ]);

  return (
    <form onSubmit={takeFields(save)} className="grid gap-4">
      {!canSend && <FormMessage kind="refused">No mail can be sent: SMTP_URL is not set.</FormMessage>}
      <Field
        label="Allowed domains"
        name="domains"
        autoComplete="off"
        placeholder="example.com, example.org"
        defaultValue={settings.domains.join(", ")}
        hint="Assistants may write to addresses of exactly these. Empty: to nobody."
      />
      {drafts.map(({ key, template }) => (
        <MailTemplateFields
          key={key}
          template={template}
          onRemove={() => setDrafts((all) => all.filter((draft) => draft.key !== key))}
        />
      ))}
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
      {isSaved && !refusal && !isPending && <FormMessage kind="done">Saved.</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={isPending}>
          Save mails
        </Button>
        <Button onClick={add}>Add a mail</Button>
      </div>
    </form>
  );
}
