import type { Metadata } from "next";
import { DeletionForm } from "@/components/privacy/deletion-form";
import { MaskingForm } from "@/components/privacy/masking-form";
import { RetentionForm } from "@/components/privacy/retention-form";
import { Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { maskingSetting } from "@/lib/privacy/mask-sensitive";
import { retentionSetting } from "@/lib/privacy/subject";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage() {
  const { role } = await requireUser("settings.manage");
  const [retention, masking] = await Promise.all([
    readSetting(db, retentionSetting),
    readSetting(db, maskingSetting),
  ]);
  return (
    <div className="grid gap-10">
      <Section
        title="Retention"
        about="Days to keep data, counted from the start of the call. Leave empty to keep it until deleted. Data deleted from a call is deleted from the event log too."
      >
        <RetentionForm retention={retention} />
      </Section>
      <Section
        title="Sensitive data"
        about="Masked before it is stored, for everyone including admins: in transcripts, reports, tool calls, the event log, search, exports and live pages. It cannot be restored. Earlier events and recordings are not changed. Tools still receive the real values."
      >
        <MaskingForm kinds={masking.kinds} />
      </Section>
      {can(role, "data.delete") && (
        <Section
          title="Delete caller data"
          about="Preview what will be deleted first. Future calls start a new record."
        >
          <DeletionForm />
        </Section>
      )}
    </div>
  );
}
