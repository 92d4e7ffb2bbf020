import type { LinkProps } from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Tip } from "@/components/ui/tip";

const variants = {
  primary: "bg-accent text-accent-ink hover:opacity-90",
  plain: "border border-line-strong bg-surface text-ink hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "border border-danger bg-surface text-danger hover:bg-danger-soft",
} as const;

/** A button has exactly one: with two height classes, their order in the stylesheet would decide, not their order here. */
const sizes = {
  small: "h-7 px-2 text-xs",
  normal: "h-9 px-3 text-sm",
  "small-icon": "size-7 shrink-0",
  icon: "size-8 shrink-0",
} as const;

type ButtonProps = ComponentProps<"button"> & { variant?: keyof typeof variants; size?: keyof typeof sizes };

/** A button. Its label is a verb. */
export function Button({
  variant = "plain",
  size = "normal",
  className,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        "reach inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors",
        "disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
        sizes[size],
        variants[variant],
        className,
      )}
      {...rest}
    />
  );
}

type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label" | "size"> & {
  /** Its effect: for screen readers, and shown on hover. */
  label: string;
  /** Keyboard shortcut with the same effect. */
  shortcut?: string;
  /** Fits next to a single line of text. */
  isSmall?: boolean;
};

export function IconButton({
  label,
  shortcut,
  variant = "quiet",
  isSmall = false,
  ...rest
}: IconButtonProps) {
  return (
    <Tip label={label} shortcut={shortcut}>
      <Button variant={variant} aria-label={label} size={isSmall ? "small-icon" : "icon"} {...rest} />
    </Tip>
  );
}

type IconLinkProps<T extends string> = Pick<LinkProps<T>, "href"> & {
  /** Its target: for screen readers, and shown on hover. */
  label: string;
  children: ReactNode;
};

/** An icon that links to another page. */
export function IconLink<T extends string>({ label, href, children }: IconLinkProps<T>) {
  return (
    <Tip label={label}>
      <Link
        href={href}
        aria-label={label}
        className="reach grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink [&_svg]:size-4"
      >
        {children}
      </Link>
    </Tip>
  );
}
