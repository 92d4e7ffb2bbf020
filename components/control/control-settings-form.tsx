"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Choice } from "@/components/form/choice";
import { Check, FormMessage, NumberField, TextArea } from "@/components/form/field";
import { Section } from "@/components/settings/section";
import { useChange } from "@/components/settings/use-change";
import { Button, IconButton } from "@/components/ui/button";
import type { ControlSettings } from "@/lib/control/control";
import { sendJson } from "@/lib/http/client";

interface ControlSettingsFormProps {
  settings: ControlSettings;
  /** The directory's teams. */
  teams: readonly { id: string; team: string }[];
}

const mostPhrases = 30;
const mostListeners = 50;
const mostLetters = 1_000;

/** Team settings for listening to live calls and acting on them. */
export function ControlSettingsForm({ settings, teams }: ControlSettingsFormProps) {
  const { isPending, problem, run } = useChange();
  const [isSaved, setSaved] = useState(false);
  const [draft, setDraft] = useState(settings);
  const [phrases, setPhrases] = useState(() => settings.phrases.map(toPhraseDraft));
  const change = (next: Partial<ControlSettings>) => {
    setSaved(false);
    setDraft((before) => ({ ...before, ...next }));
  };

  function save(event: FormEvent) {
    event.preventDefault();
    setSaved(false);
    const kept = {
      ...draft,
      phrases: phrases.map(({ text }) => text.trim()).filter(Boolean),
      alertSay: draft.alertSay?.trim() || null,
    };
    run(
      () => sendJson("PUT", "/api/control/settings", kept),
      () => {
        setDraft(kept);
        setSaved(true);
      },
    );
  }

  return (
    <form onSubmit={save} className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <Section
        title="Listening"
        about="Operators and admins can listen to live calls. Each session is recorded in the audit log."
      >
        <Check
          label="Allow listening to live calls"
          checked={draft.listening}
          onChange={({ target }) => change({ listening: target.checked })}
        />
        <NumberField
          label="Listeners per call"
          min={1}
          max={mostListeners}
          required
          value={String(draft.listenersPerCall)}
          onChange={({ target }) => change({ listenersPerCall: target.valueAsNumber || 0 })}
        />
      </Section>
      <Section title="Saved phrases" about="One click puts a phrase into Say or Whisper.">
        <Phrases
          phrases={phrases}
          onChange={(next) => {
            setSaved(false);
            setPhrases(next);
          }}
        />
      </Section>
      <Section title="In an alert" about="One-click actions on every alert. Transfers ask for confirmation.">
        <div className="grid max-w-xl grid-cols-[minmax(0,1fr)] gap-3">
          <TextArea
            label="Say"
            rows={2}
            maxLength={mostLetters}
            value={draft.alertSay ?? ""}
            onChange={({ target }) => change({ alertSay: target.value })}
            hint="Leave empty to offer nothing."
          />
          <Choice
            label="Transfer to"
            value={draft.alertTransferTo ?? ""}
            onChange={(chosen) => change({ alertTransferTo: chosen || null })}
            options={[
              { value: "", label: "No transfer" },
              ...teams.map(({ id, team }) => ({ value: id, label: team })),
            ]}
          />
          {teams.length === 0 && (
            <p className="text-muted text-xs">The directory is empty. Add teams under Settings → Tools.</p>
          )}
        </div>
      </Section>
      <div className="grid gap-3">
        {problem && <FormMessage kind="error">{problem}</FormMessage>}
        {isSaved && !problem && <FormMessage kind="done">Saved.</FormMessage>}
        <Button type="submit" variant="primary" disabled={isPending} className="h-10 justify-self-start">
          Save
        </Button>
      </div>
    </form>
  );
}

/** A phrase with a stable key while it is edited and moved. */
interface PhraseDraft {
  key: string;
  text: string;
}

const toPhraseDraft = (text: string): PhraseDraft => ({ key: crypto.randomUUID(), text });

interface PhrasesProps {
  phrases: readonly PhraseDraft[];
  onChange: (phrases: PhraseDraft[]) => void;
}

function Phrases({ phrases, onChange }: PhrasesProps) {
  function move(from: number, to: number) {
    const phrase = phrases[from];
    if (phrase !== undefined) onChange(phrases.toSpliced(from, 1).toSpliced(to, 0, phrase));
  }
  return (
    <div className="grid max-w-xl grid-cols-[minmax(0,1fr)] gap-2">
      {phrases.length === 0 && <p className="text-muted">No phrases yet.</p>}
      <ol aria-label="Saved phrases" className="grid gap-2">
        {phrases.map((phrase, index) => (
          <li key={phrase.key} className="flex items-center gap-1 max-sm:flex-wrap max-sm:justify-end">
            <input
              aria-label={`Phrase ${index + 1}`}
              value={phrase.text}
              required
              maxLength={mostLetters}
              dir="auto"
              onChange={({ target }) => onChange(phrases.with(index, { ...phrase, text: target.value }))}
              className="h-10 min-w-0 grow rounded-md border max-sm:basis-full border-line-strong bg-surface px-3 text-base text-ink sm:text-sm"
            />
            <IconButton
              label={`Move phrase ${index + 1} up`}
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={`Move phrase ${index + 1} down`}
              disabled={index === phrases.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            <IconButton
              label={`Delete phrase ${index + 1}`}
              onClick={() => onChange(phrases.toSpliced(index, 1))}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <Button
        size="small"
        disabled={phrases.length >= mostPhrases}
        onClick={() => onChange([...phrases, toPhraseDraft("")])}
        className="justify-self-start"
      >
        <Plus aria-hidden />
        Add phrase
      </Button>
    </div>
  );
}
