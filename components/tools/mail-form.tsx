"use client";

import { useState } from "react";
import { Field, FormMessage, TextArea } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { MailSettings, MailTemplate } from "@/lib/tools/mail-settings";

/** An e-mail template that assistants may send. */
export function MailTemplateFields({ template, onRemove }: { template: MailTemplate; onRemove: () => void }) {
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-muted text-xs">E-mail</legend>
      <div className="grid items-start gap-3 sm:grid-cols-[12rem_1fr]">
        <Field
          label="E-mail name"
          name="name"
          required
          pattern="[a-z][a-z0-9_\-]*"
          maxLength={40}
          autoComplete="off"
          placeholder="follow-up"
          defaultValue={template.name}
        />
        <Field
          label="Subject"
          name="subject"
          required
          maxLength={200}
          autoComplete="off"
          defaultValue={template.subject}
        />
      </div>
      <TextArea
        label="Text"
        name="text"
        required
        rows={5}
        maxLength={10000}
        defaultValue={template.text}
        hint="The assistant fills in {{placeholders}}."
      />
      <Button size="small" className="justify-self-start" onClick={onRemove}>
        Remove this e-mail
      </Button>
    </fieldset>
  );
}

interface Draft {
  key: number;
  template: MailTemplate;
}

/** Sets which addresses assistants may write to, and what. */
export function MailForm({ settings, canSend }: { settings: MailSettings; canSend: boolean }) {
  const { isPending, problem, run } = useChange();
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
      {!canSend && <p className="text-waiting">E-mail is off: SMTP_URL is not set.</p>}
      <Field
        label="Allowed domains"
        name="domains"
        autoComplete="off"
        placeholder="example.com, example.org"
        defaultValue={settings.domains.join(", ")}
        hint="Assistants can only write to addresses at these domains. Leave empty to allow none."
      />
      {drafts.map(({ key, template }) => (
        <MailTemplateFields
          key={key}
          template={template}
          onRemove={() => setDrafts((all) => all.filter((draft) => draft.key !== key))}
        />
      ))}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && !isPending && <FormMessage kind="done">Saved.</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={isPending}>
          Save e-mails
        </Button>
        <Button onClick={add}>Add e-mail</Button>
      </div>
    </form>
  );
}
