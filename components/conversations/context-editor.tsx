"use client";

import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useCan } from "@/components/auth/use-can";
import { Button } from "@/components/ui/button";
import { Json } from "@/components/ui/json";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import type { ContextState } from "@/lib/conversations/versions";

// Loaded on first edit, not with every page that shows a context.
const loadDraft = () =>
  loadCode(() => import("@/components/conversations/context-draft")).then((module) => module.ContextDraft);
const ContextDraft = withSuspense(dynamic(loadDraft));

/** A conversation's context, editable for those who have the permission. */
export function ContextEditor({ uuid, known }: { uuid: string; known: ContextState }) {
  const canEdit = useCan("context.edit");
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <ContextDraft uuid={uuid} known={known} onDone={() => setEditing(false)} />;
  return (
    <div className="grid gap-2">
      {Object.keys(known.context).length === 0 ? (
        <p className="text-muted">
          Empty. Every tool and assistant in this conversation can read its context.
        </p>
      ) : (
        <Json label="Context" value={known.context} />
      )}
      {canEdit && (
        <Button size="small" className="w-fit" onPointerEnter={loadDraft} onClick={() => setEditing(true)}>
          <Pencil aria-hidden />
          Edit context
        </Button>
      )}
    </div>
  );
}
