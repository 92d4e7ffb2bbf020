/** The look of a field of the filter bar. */
export const filterBox =
  "h-8 min-w-0 rounded-md border border-line bg-surface px-2 text-ink text-sm placeholder:text-muted hover:border-line-strong";
