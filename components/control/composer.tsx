"use client";

import { useQuery } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { useCan } from "@/components/auth/use-can";
import { useReasons } from "@/components/control/use-call-actions";
import { useControl } from "@/components/control/use-control";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { type Call, callerLabel, callTitle, whenEnded } from "@/lib/calls/call";
import { controlStateQuery } from "@/lib/control/client/control-query";
import { addComposer, type Subject } from "@/lib/control/client/control-ui";

type Mode = "say" | "whisper";

const modes: readonly { mode: Mode; label: string }[] = [
  { mode: "say", label: "Say" },
  { mode: "whisper", label: "Whisper" },
];

const mostLetters = 1_000;

/**
 * Text field below a live call's transcript, to speak to the caller or instruct the assistant. Renders nothing without
 * the permission.
 */
export function Composer({ call }: { call: Call }) {
  const canControl = useCan("calls.control");
  const [wasLive] = useState(whenEnded(call) === null);
  if (!canControl || !wasLive) return null;
  const subject = { callId: call.id, title: callTitle(call), other: callerLabel(call) };
  return (
    <div className="border-line border-t bg-surface px-3 py-2 sm:px-4">
      <ComposerFields subject={subject} hasEnded={whenEnded(call) !== null} isOnPage />
    </div>
  );
}

interface ComposerFieldsProps {
  subject: Subject;
  hasEnded: boolean;
  /** On the call's own page, Say and Whisper in the header focus this field. */
  isOnPage?: boolean;
  initialMode?: Mode;
  /** Called once the words are accepted. */
  onSent?: () => void;
}

export function ComposerFields({
  subject,
  hasEnded,
  isOnPage = false,
  initialMode = "say",
  onSent,
}: ComposerFieldsProps) {
  const { callId, other } = subject;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>(initialMode);
  const [text, setText] = useState("");
  const [interrupt, setInterrupt] = useState(false);
  const [endCallAfter, setEndCallAfter] = useState(false);
  const [respond, setRespond] = useState(true);
  const { data } = useQuery({ ...controlStateQuery(callId), enabled: !hasEnded });
  const act = useControl(callId);
  const { control: reason } = useReasons(callId, hasEnded);

  const open = useEffectEvent((next: Mode) => {
    setMode(next);
    area.current?.focus();
    area.current?.scrollIntoView({ block: "nearest" });
  });
  useEffect(() => (isOnPage ? addComposer(callId, (next) => open(next)) : undefined), [callId, isOnPage]);

  async function send() {
    const words = text.trim();
    if (words === "" || reason !== null) return;
    setText("");
    setEndCallAfter(false);
    const isSent = await act(
      mode === "say"
        ? { action: "say", text: words, interrupt, endCallAfter }
        : { action: "whisper", text: words, respond },
    );
    // What was typed since stays; without a field, its dialog is closed already.
    if (area.current?.value !== "") return;
    if (isSent) return onSent?.();
    setMode(mode);
    setText(text);
    setEndCallAfter(endCallAfter);
  }

  function onKeyDown(event: KeyboardEvent) {
    // During IME composition (Japanese, Chinese), Enter only picks a candidate.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <form
      aria-label="Say or whisper"
      className="group grid gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div role="radiogroup" aria-label="Speak to" className="flex rounded-md border border-line p-0.5">
          {modes.map(({ mode: each, label }) => (
            <label
              key={each}
              className={classNames(
                "flex h-7 cursor-pointer items-center rounded px-2.5 font-medium text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:h-10 max-sm:px-4",
                each === mode ? "bg-accent-soft text-accent" : "text-muted hover:text-ink",
              )}
            >
              <input
                type="radio"
                name={`${id}-mode`}
                checked={each === mode}
                onChange={() => setMode(each)}
                className="sr-only"
              />
              {label}
            </label>
          ))}
        </div>
        <p id={`${id}-hint`} className="text-muted text-xs">
          {mode === "say"
            ? `The assistant’s voice says it to the ${other.toLowerCase()}.`
            : `Only the assistant reads it. The ${other.toLowerCase()} does not hear it.`}
        </p>
        <span className="flex flex-wrap gap-x-4 text-xs sm:ml-auto">
          {mode === "say" ? (
            <>
              <Option label="Interrupt the assistant" isOn={interrupt} onChange={setInterrupt} />
              <Option label="End the call afterwards" isOn={endCallAfter} onChange={setEndCallAfter} />
            </>
          ) : (
            <Option label="The assistant responds at once" isOn={respond} onChange={setRespond} />
          )}
        </span>
      </div>
      <div className="flex items-end gap-2">
        <textarea
          ref={area}
          aria-label={mode === "say" ? `Say to the ${other.toLowerCase()}` : "Whisper to the assistant"}
          aria-describedby={`${id}-hint`}
          rows={1}
          maxLength={mostLetters}
          value={text}
          dir="auto"
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-32 min-h-11 w-full resize-none rounded-md border border-line-strong bg-surface px-3 py-2 text-base text-ink placeholder:text-muted sm:text-sm"
          placeholder="Enter sends, Shift+Enter starts a new line"
        />
        <Button
          type="submit"
          variant="primary"
          aria-disabled={text.trim() === "" || reason !== null || undefined}
          className="h-11 aria-disabled:opacity-50"
        >
          <SendHorizontal aria-hidden />
          {mode === "say" ? "Say" : "Whisper"}
        </Button>
      </div>
      {reason === null ? (
        <Phrases
          phrases={data?.settings.phrases ?? []}
          onChoose={(phrase) => {
            setText(phrase);
            area.current?.focus();
          }}
        />
      ) : (
        // From `sm` up the toolbar above the call shows the reason; a phone has no toolbar.
        <p className={classNames("text-muted text-xs", isOnPage && "sm:hidden")}>{reason}</p>
      )}
    </form>
  );
}

interface OptionProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

function Option({ label, isOn, onChange }: OptionProps) {
  return (
    <label className="flex min-h-6 items-center gap-1.5 max-sm:min-h-11">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  );
}

/** The team's saved phrases: one click fills the field. */
function Phrases({ phrases, onChoose }: { phrases: readonly string[]; onChoose: (phrase: string) => void }) {
  if (phrases.length === 0) return null;
  return (
    // On a low screen the transcript needs the room until the field has focus.
    <ul
      aria-label="Saved phrases"
      className="flex gap-1.5 overflow-x-auto pb-0.5 [@media(max-height:47rem)]:sm:hidden [@media(max-height:47rem)]:group-focus-within:flex"
    >
      {phrases.map((phrase) => (
        <li key={phrase} className="min-w-0 shrink-0">
          <button
            type="button"
            dir="auto"
            title={phrase}
            onClick={() => onChoose(phrase)}
            className="block h-7 max-w-64 truncate rounded-full border border-line px-2.5 text-muted text-xs hover:bg-hover hover:text-ink max-sm:h-11 max-sm:px-4"
          >
            {phrase}
          </button>
        </li>
      ))}
    </ul>
  );
}
