"use client";

import type { Ref } from "react";
import { filterBox } from "@/components/events/filter-box";
import { useEventSearch } from "@/components/events/use-event-search";

interface TextFilterProps {
  name: "type" | "callId" | "conversation";
  label: string;
  className: string;
  /** The id of a datalist, and the words in it: choosing one is enough. */
  list?: string;
  known?: readonly string[];
  ref?: Ref<HTMLInputElement>;
}

/** A text of the filter. It counts once it is finished: by Enter, by leaving the field, or by choosing a known one. */
export function TextFilter({ name, label, className, list, known, ref }: TextFilterProps) {
  const { search, set } = useEventSearch();
  const apply = (text: string) => text.trim() !== search[name] && set({ [name]: text.trim() || null });
  return (
    <input
      // Whoever else changes the filter changes what stands here.
      key={search[name]}
      ref={ref}
      type="search"
      aria-label={label}
      placeholder={label}
      list={list}
      defaultValue={search[name]}
      onChange={({ target: { value } }) => (value === "" || known?.includes(value)) && apply(value)}
      onBlur={({ target }) => apply(target.value)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && apply(currentTarget.value)}
      className={`${filterBox} ${className}`}
    />
  );
}
