import { CopyButton } from "@/components/ui/copy-button";
import { DataTree } from "@/components/ui/data-tree";
import { Panel } from "@/components/ui/panel";

/** Something a model made out of the call, to read and to copy. */
export function DataPanel({ title, value }: { title: string; value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Panel title={title} aside={<CopyButton text={text} what={title.toLowerCase()} />}>
      <DataTree value={value} />
    </Panel>
  );
}
