"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { saveLook } from "@/components/look/save-look";
import type { PaletteGroup } from "@/components/palette/palette-item";
import { settingsGroups } from "@/components/settings/settings-pages";
import { shellPages } from "@/components/shell/shell-pages";
import type { Role } from "@/lib/auth/roles";
import { callTitle } from "@/lib/calls/call";
import { liveCallsQuery } from "@/lib/calls/queries";
import { conversationsQuery } from "@/lib/conversations/queries";

/** Everything that can be done from anywhere: open a live call or a conversation, go to a page, change how pages look. */
export function usePaletteGroups(role: Role): PaletteGroup[] {
  const router = useRouter();
  const { data: calls = [] } = useQuery(liveCallsQuery);
  const { data: found } = useInfiniteQuery(conversationsQuery(""));
  const conversations = found?.pages.flatMap((page) => page.conversations) ?? [];
  const visit = (label: string, href: Route) => ({
    value: href,
    label,
    hint: "Page",
    act: () => router.push(href),
  });
  return [
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
      value: "Live calls",
      items: calls.map((call) => ({
        value: call.id,
        label: callTitle(call),
        hint: call.assistantName ?? "",
        act: () => router.push(`/calls/${call.id}`),
      })),
    },
    {
      value: "Conversations",
      items: conversations.map(({ uuid, name }) => ({
        value: uuid,
        label: name ?? uuid,
        hint: "Conversation",
        act: () => router.push(`/conversations/${uuid}`),
      })),
    },
    {
      value: "Look",
      items: [
        { value: "theme-light", label: "Light theme", hint: "", act: () => saveLook({ theme: "light" }) },
        { value: "theme-dark", label: "Dark theme", hint: "", act: () => saveLook({ theme: "dark" }) },
        {
          value: "theme-system",
          label: "Use system theme",
          hint: "",
          act: () => saveLook({ theme: "system" }),
        },
        { value: "compact", label: "Compact rows", hint: "", act: () => saveLook({ density: "compact" }) },
        {
          value: "comfortable",
          label: "Comfortable rows",
          hint: "",
          act: () => saveLook({ density: "comfortable" }),
        },
      ],
    },
  ];
}
