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
        title="Ask it something"
        about={
          <>
            What an assistant is given before it answers, if its{" "}
            <code className="text-xs">knowledgeBase.provider</code> is{" "}
            <code className="text-xs">custom-knowledge-base</code> with this server.
          </>
        }
      >
        <KnowledgePreview />
      </Section>
      <Section title="Documents">
        <Rows
          label="Documents"
          empty="There is none: assistants know what their prompts say. Import files or write one below."
        >
          {documents.map((document) => (
            <DocumentRow key={document.id} document={document} />
          ))}
        </Rows>
      </Section>
      <Section
        title="Import files"
        about="Text and Markdown, each file a document. A file whose title is there already becomes a second one."
      >
        <ImportForm />
      </Section>
      <Section
        title="Write a document"
        about="Headings (#) and paragraphs decide where it is cut into passages."
      >
        <DocumentForm />
      </Section>
    </div>
  );
}
