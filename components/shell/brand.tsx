/** Earshot's logo. */
export function Brand({ nameClassName }: { nameClassName?: string }) {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-6 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      >
        <circle cx="5.5" cy="12" r="2.4" fill="currentColor" stroke="none" />
        <path d="M10.5 7.2a7 7 0 0 1 0 9.6" />
        <path d="M14.8 4.2a11.4 11.4 0 0 1 0 15.6" opacity=".65" />
        <path d="M19 1.6a16 16 0 0 1 0 20.8" opacity=".3" />
      </svg>
      <span className={nameClassName}>Earshot</span>
    </span>
  );
}
