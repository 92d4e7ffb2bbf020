"use client";

import { DragDropProvider } from "@dnd-kit/react";
import { isSortable } from "@dnd-kit/react/sortable";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { flushSync } from "react-dom";
import { FormMessage } from "@/components/form/field";
import { DefaultAnswer } from "@/components/routing/default-answer";
import { dragPlugins } from "@/components/routing/drag-plugins";
import { RuleForm } from "@/components/routing/rule-form";
import { RuleRow } from "@/components/routing/rule-row";
import { useRouting } from "@/components/routing/use-routing";
import { Button } from "@/components/ui/button";
import { cleanText } from "@/lib/clean-text";
import type { Rule, VersionedRouting } from "@/lib/routing/routing";

const maxName = 100;

/** The rules with a copy of one right below it, switched off until somebody has changed it. */
export function duplicateRule(rules: readonly Rule[], id: string, newId: string): Rule[] {
  return rules.flatMap((rule) => {
    if (rule.id !== id) return [rule];
    return [rule, { ...rule, id: newId, name: cleanText(`Copy of ${rule.name}`, maxName), isEnabled: false }];
  });
}

/** The rules with one of them at another place, counted from 0. */
export function moveRule(rules: readonly Rule[], id: string, to: number): Rule[] {
  const moved = rules.filter((rule) => rule.id === id);
  const others = rules.filter((rule) => rule.id !== id);
  return [...others.slice(0, to), ...moved, ...others.slice(to)];
}

/** All rules in their order, to be dragged, moved by keys, made, changed and deleted. */
export function RuleList({ served }: { served: VersionedRouting }) {
  const { routing, isPending, refusal, save } = useRouting(served);
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

  /** A row that is put elsewhere in the page would lose the focus. */
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
      {refusal && (
        <div className="grid justify-items-start gap-2">
          <FormMessage kind="refused">{refusal}</FormMessage>
          <Button size="small" onClick={() => router.refresh()}>
            Load the rules anew
          </Button>
        </div>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      {rules.length === 0 && (
        <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted">
          There is no rule yet: every call goes to the default.
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
          Add a rule
        </Button>
      )}
      <DefaultAnswer
        key={JSON.stringify(routing.defaultAnswer)}
        answer={routing.defaultAnswer}
        isPending={isPending}
        onSave={(defaultAnswer) => save((now) => ({ ...now, defaultAnswer }))}
      />
    </div>
  );
}
