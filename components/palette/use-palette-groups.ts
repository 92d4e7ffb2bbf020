"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { saveAlarmSettings, useAlarmSettings } from "@/components/alerts/alarm-settings";
import { saveAppearance } from "@/components/appearance/save-appearance";
import { settingsGroups } from "@/components/settings/settings-pages";
import { shellPages } from "@/components/shell/shell-pages";
import { assigneesQuery } from "@/lib/alerts/queries";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { type Call, callTitle, isOver } from "@/lib/calls/call";
import { liveCallsQuery } from "@/lib/calls/queries";
import { conversationsQuery } from "@/lib/conversations/queries";
import { formatPhoneNumber } from "@/lib/format";
import { snippetMarks } from "@/lib/reports/columns";
import { reportFacetsQuery, reportsQuery } from "@/lib/reports/queries";

/** One command or result of the palette. */
export interface PaletteItem {
  /** Unique among all items. */
  value: string;
  label: string;
  /** Shown on the right. */
  hint: string;
  /** Text it is matched by; null for results the server has already matched. */
  text: string | null;
  act: () => void;
}

export interface PaletteGroup {
  value: string;
  items: PaletteItem[];
}

/** Returns the text once typing pauses, so that not every letter queries the archive. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), 150);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

const fewestLetters = 2;
const mostCalls = 8;

/** Searches past calls by name, number and words, within the role's access, with the archive's own search. */
function usePastCalls(text: string) {
  const q = usePaused(text.trim());
  const { data, isFetching, error } = useInfiniteQuery({
    ...reportsQuery(new URLSearchParams({ q }).toString()),
    enabled: q.length >= fewestLetters,
    placeholderData: keepPreviousData,
    // Shows an error at once; the next letter queries again.
    retry: false,
  });
  const isAsked = text.trim().length >= fewestLetters;
  const reports = isAsked ? (data?.pages[0]?.reports ?? []) : [];
  const isSearching = isAsked && (isFetching || q !== text.trim());
  return {
    reports: reports.slice(0, mostCalls),
    isSearching,
    searchError: isAsked && !isSearching ? error : null,
  };
}

const numberOf = ({ customerNumber }: Call) => (customerNumber ? formatPhoneNumber(customerNumber) : "");
const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** Everything the palette offers: open a call, conversation or page; change sound and appearance. */
export function usePaletteGroups(role: Role, text: string) {
  const router = useRouter();
  // Fetched each time the palette opens: pushes keep it current on the board only.
  const { data: live = [] } = useQuery({ ...liveCallsQuery, staleTime: 0 });
  const { data: found } = useInfiniteQuery(conversationsQuery(""));
  const { data: facets } = useQuery(reportFacetsQuery);
  const { data: people } = useQuery({ ...assigneesQuery, enabled: can(role, "alerts.act") });
  const { reports, isSearching, searchError } = usePastCalls(text);
  const { sound } = useAlarmSettings();
  const conversations = found?.pages.flatMap((page) => page.conversations) ?? [];
  const command = (value: string, label: string, act: () => void, hint = ""): PaletteItem => ({
    value,
    label,
    hint,
    text: label,
    act,
  });
  const visit = (label: string, href: Route, hint = "Page") =>
    command(href, label, () => router.push(href), hint);
  const toConversation = ({ uuid, name }: (typeof conversations)[number]): PaletteItem => ({
    ...command(uuid, name ?? uuid, () => router.push(`/conversations/${uuid}`), "Conversation"),
    text: `${name ?? ""} ${uuid}`,
  });
  const groups: PaletteGroup[] = [
    {
      value: "Live calls",
      items: live
        .filter(({ status }) => !isOver(status))
        .map((call) => ({
          value: call.id,
          label: callTitle(call),
          hint: call.assistantName ?? "",
          text: `${callTitle(call)} ${numberOf(call)} ${call.customerNumber ?? ""} ${call.assistantName ?? ""}`,
          act: () => router.push(`/calls/${call.id}`),
        })),
    },
    {
      value: "Past calls",
      items: reports.map(({ call, snippet }) => ({
        value: `past ${call.id}`,
        label: snippet ? `${callTitle(call)}: ${plain(snippet)}` : callTitle(call),
        hint: [numberOf(call), day.format(new Date(call.createdAt))].filter(Boolean).join(" · "),
        text: null,
        act: () => router.push(`/calls/${call.id}`),
      })),
    },
    {
      value: "Pages",
      items: [
        ...shellPages(role)
          .filter(({ name }) => name !== "Settings")
          .map(({ name, href }) => visit(name, href)),
        visit("Live, in tiles", "/?view=tiles"),
        visit("Wallboard", "/?view=wall"),
        ...settingsGroups(role).flatMap(({ pages }) =>
          pages.map(({ name, href }) => visit(`Settings: ${name}`, href)),
        ),
      ],
    },
    {
      value: "Commands",
      items: [
        sound === true
          ? command("sound-off", "Mute alarm sound", () => saveAlarmSettings({ sound: false }))
          : command("sound-on", "Turn on alarm sound", () => saveAlarmSettings({ sound: true })),
        command("theme-light", "Light theme", () => saveAppearance({ theme: "light" })),
        command("theme-dark", "Dark theme", () => saveAppearance({ theme: "dark" })),
        command("theme-system", "Use system theme", () => saveAppearance({ theme: "system" })),
        command("compact", "Compact rows", () => saveAppearance({ density: "compact" })),
        command("comfortable", "Comfortable rows", () => saveAppearance({ density: "comfortable" })),
      ],
    },
    {
      value: "Assistants",
      items: (facets?.assistants ?? []).map(({ id, name }) => ({
        ...command(`assistant ${id}`, name, () =>
          router.push(`/reports?${new URLSearchParams({ assistant: id })}`),
        ),
        hint: "Reports",
      })),
    },
    {
      value: "People",
      items: (people ?? []).map(({ id, name }) =>
        command(
          `person ${id}`,
          name,
          () => router.push(`/alerts?${new URLSearchParams({ owner: id })}`),
          "Alerts",
        ),
      ),
    },
    { value: "Conversations", items: conversations.filter(({ name }) => name).map(toConversation) },
    {
      value: "Unnamed conversations",
      items: conversations.filter(({ name }) => !name).map(toConversation),
    },
  ];
  return { groups, isSearching, searchError };
}

const plain = (snippet: string) =>
  snippet.replaceAll(snippetMarks.start, "").replaceAll(snippetMarks.stop, "");
