"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { useBacktest } from "@/components/rules/backtest-result";
import { RuleForm, type RuleTargets } from "@/components/rules/rule-form";
import { RuleRow } from "@/components/rules/rule-row";
import { Rows } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import type { StoredRule } from "@/lib/rules/rule";

interface RuleListProps {
  rules: readonly StoredRule[];
  canEdit: boolean;
  targets: RuleTargets;
}

/** A longer list gets a search field. */
const fewRules = 10;

/** All rules by name, with controls to add, edit, switch, test and delete them. */
export function RuleList({ rules, canEdit, targets }: RuleListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = rules.filter(({ name }) => name.toLowerCase().includes(wanted));
  const router = useRouter();
  const [testedId, setTestedId] = useState<string | null>(null);
  // The server has recorded the back-test, which allows the rule's live actions.
  const { run, ...tested } = useBacktest(() => router.refresh());
  const close = () => setOpen(null);
  const test = (ruleId: string) => {
    setTestedId(ruleId);
    run({ ruleId });
  };
  const onSaved = ({ id }: StoredRule) => {
    close();
    test(id);
  };
  return (
    <div className="grid min-w-0 gap-4">
      {rules.length > fewRules && (
        <div className="max-w-sm">
          <Field
            label="Search rules"
            type="search"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
      )}
      {canEdit && open !== "new" && (
        <Button variant="primary" onClick={() => setOpen("new")} className="justify-self-start">
          <Plus aria-hidden />
          Add rule
        </Button>
      )}
      {canEdit && open === "new" && (
        <div className="min-w-0 rounded-lg border border-line bg-surface p-4">
          <RuleForm rule={null} targets={targets} onSaved={onSaved} onCancel={close} />
        </div>
      )}
      <Rows
        label="Rules"
        empty={
          rules.length === 0 ? "No rules yet. Add one to be alerted to more than silence." : "No results"
        }
      >
        {shown.map((rule) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            canEdit={canEdit}
            tested={testedId === rule.id ? tested : null}
            onTest={() => test(rule.id)}
            onEdit={() => setOpen(open === rule.id ? null : rule.id)}
          >
            {canEdit && open === rule.id && (
              <RuleForm rule={rule} targets={targets} onSaved={onSaved} onCancel={close} />
            )}
          </RuleRow>
        ))}
      </Rows>
    </div>
  );
}
