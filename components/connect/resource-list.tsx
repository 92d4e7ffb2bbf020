"use client";

import { useState } from "react";
import { ResourceRow } from "@/components/connect/resource-row";
import { ReviewDialog } from "@/components/connect/review-dialog";
import { Field, FormMessage } from "@/components/form/field";
import { Rows } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { type ApplyResult, type Connectable, type ConnectState, isDone } from "@/lib/connect/connection";

/** Shorter lists have no search field. */
const searchedFrom = 8;

const keyOf = ({ kind, id }: Pick<Connectable, "kind" | "id">) => `${kind}/${id}`;

/** Resources that need action come first: changed, then new, then never connected. */
function rankOf({ drifts, isConnected, isNew }: Connectable): number {
  if (drifts.length > 0) return 0;
  if (isNew) return 1;
  return isConnected ? 3 : 2;
}

/** Every Vapi resource that can be connected, with search and selection. */
export function ResourceList({ state }: { state: ConnectState }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isReviewing, setReviewing] = useState(false);
  const [results, setResults] = useState<readonly ApplyResult[]>([]);
  const { resources, credential } = state;
  if (resources.length === 0) {
    return (
      <Rows
        label="Assistants"
        empty="Vapi has no assistants or numbers yet. Create one there, then check again."
      >
        {[]}
      </Rows>
    );
  }
  const shown = resources
    .filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name));
  const open = shown.filter((each) => !isDone(each));
  const targets = resources.filter((each) => chosen.has(keyOf(each)) && !isDone(each));
  const isAll = open.length > 0 && open.every((each) => chosen.has(keyOf(each)));

  function choose(some: readonly Connectable[], isChosen: boolean) {
    const next = new Set(chosen);
    for (const each of some) isChosen ? next.add(keyOf(each)) : next.delete(keyOf(each));
    setChosen(next);
  }

  return (
    <div className="grid gap-3">
      <Outcome results={results} />
      <div className="flex flex-wrap items-end gap-3">
        {resources.length >= searchedFrom && (
          <div className="w-full sm:w-64">
            <Field
              label="Search"
              type="search"
              value={text}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          </div>
        )}
        <Button className="h-10" disabled={open.length === 0} onClick={() => choose(open, !isAll)}>
          {isAll ? "Clear selection" : open.length > 0 ? `Select all ${open.length}` : "Select all"}
        </Button>
        <Button
          variant="primary"
          className="h-10"
          disabled={targets.length === 0}
          onClick={() => setReviewing(true)}
        >
          {targets.length > 0 ? `Review changes (${targets.length})` : "Review changes"}
        </Button>
      </div>
      <Rows label="Assistants, squads and numbers" empty="No results.">
        {shown.map((each) => (
          <ResourceRow
            key={keyOf(each)}
            resource={each}
            isChosen={chosen.has(keyOf(each))}
            onChoose={(isChosen) => choose([each], isChosen)}
            onReview={() => {
              setChosen(new Set([keyOf(each)]));
              setReviewing(true);
            }}
          />
        ))}
      </Rows>
      {isReviewing && (
        <ReviewDialog
          targets={targets}
          credential={credential}
          onClose={(done) => {
            setReviewing(false);
            if (done.length > 0) {
              setResults(done);
              setChosen(new Set());
            }
          }}
        />
      )}
    </div>
  );
}

/** Result of the last changes: how many were made, and each failure. */
function Outcome({ results }: { results: readonly ApplyResult[] }) {
  const failed = results.filter(({ why }) => why !== null);
  const done = results.length - failed.length;
  return (
    <>
      {done > 0 && (
        <FormMessage kind="done">
          {`${done} connected. Each can be undone under “Changes made in Vapi”.`}
        </FormMessage>
      )}
      {failed.map(({ kind, id, name, why }) => (
        <FormMessage key={`${kind}/${id}`} kind="error">{`${name}: ${why}`}</FormMessage>
      ))}
    </>
  );
}
