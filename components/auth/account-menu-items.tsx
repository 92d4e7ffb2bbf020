"use client";

import { Menu } from "@base-ui/react/menu";
import { LogOut, Settings } from "lucide-react";
import { useState } from "react";
import { Link } from "@/components/ui/link";
import { sendJson } from "@/lib/http/client";

/** Ends this browser's session and goes to the sign-in page. Returns the error message if it fails. */
export async function signOut(): Promise<string | null> {
  const sent = await sendJson("POST", "/api/auth/sign-out", {});
  if (!sent.ok) return sent.why;
  window.location.assign("/sign-in");
  return null;
}

const itemStyle =
  "flex h-8 w-full items-center gap-2 rounded px-2 outline-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-muted";

/** The account's items in the user menu: settings and sign-out. */
export function AccountMenuItems() {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <Menu.LinkItem closeOnClick className={itemStyle} render={<Link href="/settings" />}>
        <Settings aria-hidden />
        Settings
      </Menu.LinkItem>
      <Menu.Item closeOnClick={false} className={itemStyle} onClick={async () => setProblem(await signOut())}>
        <LogOut aria-hidden />
        {problem ?? "Sign out"}
      </Menu.Item>
    </>
  );
}
