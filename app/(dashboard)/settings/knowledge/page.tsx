import type { Metadata } from "next";
import { DocumentForm } from "@/components/knowledge/document-form";
import { DocumentRow } from "@/components/knowledge/document-row";
import { ImportForm } from "@/components/knowledge/import-form";
import { KnowledgePreview } from "@/components/knowledge/knowledge-preview";
import { Rows, Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { listDocuments } from "@/db/queries/knowledge";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Knowledge base" };

export default async function KnowledgePage() {
  await requireUser("settings.manage");
  const documents = await listDocuments(db);
  return (
    <div className="grid gap-10">
      <Section
        title="Test a question"
        about={
          <>
            Shows the passages an assistant receives before it answers, if its{" "}
            <code className="text-xs">knowledgeBase.provider</code> is{" "}
            <code className="text-xs">custom-knowledge-base</code> on this server.
          </>
        }
      >
        <KnowledgePreview />
      </Section>
      <Section title="Documents">
        <Rows
          label="Documents"
          empty="No documents yet. Assistants only know what their prompts say. Import files or write one below."
        >
          {documents.map((document) => (
            <DocumentRow key={document.id} document={document} />
          ))}
        </Rows>
      </Section>
      <Section
        title="Import files"
        about="Text or Markdown; each file becomes a document. A file with an existing title is added as a second document."
      >
        <ImportForm />
      </Section>
      <Section title="Write document" about="Text is split into passages at headings (#) and paragraphs.">
        <DocumentForm />
      </Section>
    </div>
  );
}
