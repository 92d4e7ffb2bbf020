import type { Metadata } from "next";
import { ConnectView } from "@/components/connect/connect-view";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { getSetupState } from "@/lib/credentials/server/manage";

export const metadata: Metadata = { title: "Assistants" };

export default async function AssistantsPage() {
  await requireUser("settings.manage");
  return <ConnectView setup={await getSetupState(db)} />;
}
