"use client";

import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import type { ArchivePowers } from "@/components/reports/archive";
import { EraseDialog } from "@/components/reports/erase-dialog";
import { ExportMenu } from "@/components/reports/export-menu";
import { TagDialog } from "@/components/reports/tag-dialog";
import { Button } from "@/components/ui/button";

interface ChosenBarProps {
  ids: readonly string[];
  powers: ArchivePowers;
  onDone: () => void;
}

/** What can be done with the calls that are chosen, by role. */
export function ChosenBar({ ids, powers, onDone }: ChosenBarProps) {
  const [open, setOpen] = useState<"tag" | "erase" | null>(null);
  const queryClient = useQueryClient();

  function done() {
    setOpen(null);
    onDone();
    void queryClient.invalidateQueries({ queryKey: ["reports"] });
  }

  return (
    <section
      aria-label="Chosen calls"
      className="absolute inset-x-3 bottom-3 z-30 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 py-2 shadow-xl"
    >
      <p role="status">{ids.length === 1 ? "1 call chosen" : `${ids.length} calls chosen`}</p>
      {powers.review && (
        <Button size="small" onClick={() => setOpen("tag")}>
          Tag
        </Button>
      )}
      <ExportMenu
        params={new URLSearchParams({ ids: ids.join() }).toString()}
        count={{ count: ids.length, isExact: true }}
      />
      {powers.erase && (
        <Button size="small" look="danger" onClick={() => setOpen("erase")}>
          Delete
        </Button>
      )}
      <Button size="small" look="quiet" aria-label="Choose none" onClick={onDone}>
        <X aria-hidden />
      </Button>
      {open === "tag" && <TagDialog ids={ids} onClose={() => setOpen(null)} onDone={done} />}
      {open === "erase" && <EraseDialog ids={ids} onClose={() => setOpen(null)} onDone={done} />}
    </section>
  );
}
