"use client";

import { X } from "lucide-react";
import { useRef } from "react";
import { readFields, takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";

interface ReviewTagsProps {
  tags: readonly string[];
  canChange: boolean;
  /** Resolves to whether the tags were changed. */
  onChange: (change: { add?: string[]; remove?: string[] }) => Promise<boolean>;
}

/** The call's tags; Enter adds one. If adding fails, the text stays. */
export function ReviewTags({ tags, canChange, onChange }: ReviewTagsProps) {
  const field = useRef<HTMLInputElement>(null);

  async function add(form: FormData) {
    const { tag } = readFields(form, "tag");
    const added = tag.split(",").filter((each) => each.trim() !== "");
    if (added.length === 0 || !(await onChange({ add: added }))) return;
    // The next tag may have been typed since.
    if (field.current?.value === tag) field.current.value = "";
  }

  return (
    <div className="grid gap-2">
      {tags.length > 0 && (
        <ul aria-label="Tags" className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li key={tag} className="flex h-7 max-w-full items-center rounded bg-hover pl-2 text-xs">
              <span className="truncate">{tag}</span>
              {canChange ? (
                <button
                  type="button"
                  aria-label={`Remove tag ${tag}`}
                  onClick={() => onChange({ remove: [tag] })}
                  className="reach grid size-7 place-items-center rounded text-muted hover:text-ink"
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              ) : (
                <span className="w-2" />
              )}
            </li>
          ))}
        </ul>
      )}
      {canChange ? (
        <form onSubmit={takeFields(add)} className="flex gap-2">
          <input
            ref={field}
            name="tag"
            aria-label="New tag"
            placeholder="Tag"
            maxLength={40}
            autoComplete="off"
            className="h-8 min-w-0 flex-1 rounded-md border border-line bg-surface px-2 text-sm placeholder:text-muted hover:border-line-strong"
          />
          <Button type="submit" size="small" className="h-8">
            Add
          </Button>
        </form>
      ) : (
        tags.length === 0 && <p className="text-muted">No tags</p>
      )}
    </div>
  );
}
