"use client";

import { useSyncExternalStore } from "react";

/** What is asked for in a dialog before it is done. */
export type ControlDialogKind = "say" | "whisper" | "transfer" | "take-over" | "handoff" | "end";

/** The call something is done on. */
export interface Subject {
  callId: string;
  title: string;
  /** What the other end is called: the caller of an inbound call, the recipient of an outbound one. */
  other: string;
}

export interface OpenDialog {
  kind: ControlDialogKind;
  subject: Subject;
  /** The team a transfer begins with. */
  directoryId?: string | undefined;
}

let dialog: OpenDialog | null = null;
const watchers = new Set<() => void>();

/** The composers that are on the page, by call. */
const composers = new Map<string, (kind: "say" | "whisper") => void>();

function setDialog(next: OpenDialog | null): void {
  dialog = next;
  for (const watcher of watchers) watcher();
}

/** A call's composer says that it is there. Returns what takes that back. */
export function addComposer(callId: string, open: (kind: "say" | "whisper") => void): () => void {
  composers.set(callId, open);
  return () => {
    if (composers.get(callId) === open) composers.delete(callId);
  };
}

/** Asks, where the question stands: a composer of the page for words, a dialog for the rest. */
export function openControl(kind: ControlDialogKind, subject: Subject, directoryId?: string): void {
  const composer = kind === "say" || kind === "whisper" ? composers.get(subject.callId) : undefined;
  if (composer && (kind === "say" || kind === "whisper")) composer(kind);
  else setDialog({ kind, subject, directoryId });
}

export const closeControl = () => setDialog(null);

export function useOpenDialog(): OpenDialog | null {
  return useSyncExternalStore(watch, read, readOnServer);
}

function watch(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

const read = () => dialog;
const readOnServer = () => null;
