import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { Button } from "@/components/ui/button";
import type { MailTemplate } from "@/lib/tools/mail-settings";

/** One mail assistants may send. */
export function MailTemplateFields({ template, onRemove }: { template: MailTemplate; onRemove: () => void }) {
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-muted text-xs">Mail</legend>
      <div className="grid items-start gap-3 sm:grid-cols-[12rem_1fr]">
        <Field
          label="Mail name"
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
        hint="What stands in {{braces}} the assistant must give."
      />
      <Button size="small" className="justify-self-start" onClick={onRemove}>
        Remove this mail
      </Button>
    </fieldset>
  );
}
