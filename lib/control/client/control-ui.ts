"use client";

import { useSyncExternalStore } from "react";

/** Actions that ask for details first. */
export type ControlDialogKind = "say" | "whisper" | "transfer" | "take-over" | "handoff" | "end";

/** The call to act on. */
export interface Subject {
  callId: string;
  title: string;
  /** Name of the other party: the caller of an inbound call, the recipient of an outbound one. */
  other: string;
}

export interface OpenDialog {
  kind: ControlDialogKind;
  subject: Subject;
  /** The team preselected for a transfer. */
  directoryId?: string | undefined;
}

let dialog: OpenDialog | null = null;
const watchers = new Set<() => void>();

/** Composers on the page, by call. */
const composers = new Map<string, (kind: "say" | "whisper") => void>();

function setDialog(next: OpenDialog | null): void {
  dialog = next;
  for (const watcher of watchers) watcher();
}

/** Registers a call's composer. Returns a function that unregisters it. */
export function addComposer(callId: string, open: (kind: "say" | "whisper") => void): () => void {
  composers.set(callId, open);
  return () => {
    if (composers.get(callId) === open) composers.delete(callId);
  };
}

/** Asks for the details of an action: words in the page's composer if there is one, everything else in a dialog. */
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
