"use client";

import { StyleInjector } from "@dnd-kit/dom";
import { DragDropProvider } from "@dnd-kit/react";
import { isSortable } from "@dnd-kit/react/sortable";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ComponentProps, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { AnswerFields } from "@/components/routing/answer-fields";
import { describeIssues } from "@/components/routing/describe-issues";
import { readAnswerForm } from "@/components/routing/read-answer-form";
import { RuleForm } from "@/components/routing/rule-form";
import { RuleRow } from "@/components/routing/rule-row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { cleanText } from "@/lib/clean-text";
import { sendJson } from "@/lib/http/client";
import {
  type Answer,
  answerSchema,
  type Routing,
  type Rule,
  type VersionedRouting,
} from "@/lib/routing/routing";

type Plugins = Extract<ComponentProps<typeof DragDropProvider>["plugins"], (...given: never[]) => unknown>;

/**
 * dnd-kit's own plugins, with its styles under the document's nonce. A refresh or a client-side navigation is answered
 * under another nonce, which the open document's policy does not accept.
 */
export const dragPlugins: Plugins = (defaults) => [
  ...defaults,
  StyleInjector.configure({ nonce: documentNonce() }),
];

/** Empty on the server, where nothing is dragged. */
function documentNonce(): string {
  return globalThis.document?.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

interface DefaultAnswerProps {
  answer: Answer | null;
  isPending: boolean;
  onSave: (answer: Answer | null) => void;
}

/** The answer to calls that no rule matches. */
export function DefaultAnswer({ answer, isPending, onSave }: DefaultAnswerProps) {
  const [why, setWhy] = useState<string | null>(null);

  function save(form: FormData) {
    const read = readAnswerForm(form);
    if (!read.ok) return setWhy(read.why);
    const parsed = answerSchema.nullable().safeParse(read.value);
    setWhy(parsed.success ? null : describeIssues(parsed.error.issues));
    if (parsed.success) onSave(parsed.data);
  }

  return (
    <form
      aria-label="Default"
      onSubmit={takeFields(save)}
      className="grid gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <h3 className="font-medium">When no rule matches</h3>
      <AnswerFields answer={answer} canBeNone />
      {why && <FormMessage kind="error">{why}</FormMessage>}
      <Button
        type="submit"
        // A disabled button would lose the focus. Saving twice is harmless: changes are queued.
        aria-disabled={isPending || undefined}
        className="justify-self-start aria-disabled:opacity-50"
      >
        Save default
      </Button>
    </form>
  );
}

/**
 * The routing rules, with changes on their way to the server already applied, and a function to change them.
 * `foreignDefault`: the default answer of the newest version that was not saved by this page.
 */
export function useRouting(served: VersionedRouting) {
  const { isPending, problem, run } = useChange();
  /** State the next change builds on: quick changes are queued, each based on the one before. */
  const latest = useRef({ routing: served as Routing, version: served.version });
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const [shown, setShown] = useState<{ routing: Routing; of: number } | null>(null);
  /** The newest version known, and the default answer of the newest one that was not saved here. */
  const [known, setKnown] = useState(served);
  if (served.version > known.version) setKnown(served);
  const routing: Routing = shown && shown.of >= served.version ? shown.routing : served;

  function save(change: (from: Routing) => Routing, onDone?: () => void) {
    if (latest.current.version < served.version) {
      latest.current = { routing: served, version: served.version };
    }
    const wanted = change(latest.current.routing);
    latest.current = { routing: wanted, version: latest.current.version };
    setShown({ routing: wanted, of: Number.POSITIVE_INFINITY });
    run(() => {
      const sent = line.current.then(() => send(wanted));
      line.current = sent;
      return sent;
    }, onDone);
  }

  async function send({ rules, defaultAnswer }: Routing) {
    const { version } = latest.current;
    const sent = await sendJson("PUT", "/api/routing", { version, rules, defaultAnswer });
    if (sent.ok) {
      latest.current = { ...latest.current, version: version + 1 };
      setKnown((now) => ({ ...now, version: version + 1 }));
      setShown((now) => now && { ...now, of: version + 1 });
    } else {
      latest.current = { routing: served, version: served.version };
      setShown(null);
    }
    return sent;
  }

  return { routing, foreignDefault: known.defaultAnswer, isPending, problem, save };
}

const maxName = 100;

/** Inserts a copy of a rule right below it, switched off. */
export function duplicateRule(rules: readonly Rule[], id: string, newId: string): Rule[] {
  return rules.flatMap((rule) => {
    if (rule.id !== id) return [rule];
    return [rule, { ...rule, id: newId, name: cleanText(`Copy of ${rule.name}`, maxName), isEnabled: false }];
  });
}

/** Moves a rule to an index, counted from 0. */
export function moveRule(rules: readonly Rule[], id: string, to: number): Rule[] {
  const moved = rules.filter((rule) => rule.id === id);
  const others = rules.filter((rule) => rule.id !== id);
  return [...others.slice(0, to), ...moved, ...others.slice(to)];
}

/** The routing rules in order, with controls to drag, move by key, add, edit and delete them. */
export function RuleList({ served }: { served: VersionedRouting }) {
  const { routing, foreignDefault, isPending, problem, save } = useRouting(served);
  const router = useRouter();
  const [open, setOpen] = useState<string | null>(null);
  const [said, say] = useState("");
  const { rules } = routing;

  function move(from: number, to: number) {
    const rule = rules[from];
    if (!rule || !rules[to] || from === to) return;
    save((now) => ({ ...now, rules: moveRule(now.rules, rule.id, to) }));
    say(`“${rule.name}” is now rule ${to + 1} of ${rules.length}.`);
  }

  /** Moving a row in the DOM would lose the focus, so it is restored. */
  function moveByKey(from: number, to: number, button: HTMLElement) {
    flushSync(() => move(from, to));
    button.focus();
  }

  function put(rule: Rule) {
    save(
      (now) => ({
        ...now,
        rules: now.rules.some(({ id }) => id === rule.id)
          ? now.rules.map((old) => (old.id === rule.id ? rule : old))
          : [...now.rules, rule],
      }),
      () => setOpen(null),
    );
  }

  return (
    <div className="grid gap-4">
      {problem && (
        <div className="grid justify-items-start gap-2">
          <FormMessage kind="error">{problem}</FormMessage>
          <Button size="small" onClick={() => router.refresh()}>
            Reload rules
          </Button>
        </div>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      {rules.length === 0 && (
        <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted">
          No rules yet. Every call goes to the default.
        </p>
      )}
      <DragDropProvider
        plugins={dragPlugins}
        onDragEnd={({ canceled, operation: { source } }) => {
          if (!canceled && isSortable(source)) move(source.initialIndex, source.index);
        }}
      >
        <ol
          aria-label="Rules"
          className={`divide-y divide-line rounded-lg border border-line bg-surface ${rules.length === 0 ? "hidden" : ""}`}
        >
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              index={index}
              count={rules.length}
              onMove={(to, button) => moveByKey(index, to, button)}
              onEdit={() => setOpen(open === rule.id ? null : rule.id)}
              onDuplicate={() =>
                save((now) => ({ ...now, rules: duplicateRule(now.rules, rule.id, crypto.randomUUID()) }))
              }
              onSwitch={() => put({ ...rule, isEnabled: !rule.isEnabled })}
              onDelete={() =>
                save((now) => ({ ...now, rules: now.rules.filter(({ id }) => id !== rule.id) }))
              }
            >
              {open === rule.id && (
                <RuleForm rule={rule} isPending={isPending} onSave={put} onCancel={() => setOpen(null)} />
              )}
            </RuleRow>
          ))}
        </ol>
      </DragDropProvider>
      {open === "new" ? (
        <div className="rounded-lg border border-line bg-surface p-4">
          <RuleForm rule={null} isPending={isPending} onSave={put} onCancel={() => setOpen(null)} />
        </div>
      ) : (
        <Button className="justify-self-start" onClick={() => setOpen("new")}>
          <Plus aria-hidden />
          Add rule
        </Button>
      )}
      <DefaultAnswer
        // Remounts if another person changes it. After a save from here, rejected or not, what was typed stays.
        key={JSON.stringify(foreignDefault)}
        answer={served.defaultAnswer}
        isPending={isPending}
        onSave={(defaultAnswer) => save((now) => ({ ...now, defaultAnswer }))}
      />
    </div>
  );
}
