import Link, { type LinkProps } from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Tip } from "@/components/ui/tip";

const looks = {
  primary: "bg-accent text-accent-ink hover:opacity-90",
  plain: "border border-line-strong bg-surface text-ink hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "border border-danger bg-surface text-danger hover:bg-danger-soft",
} as const;

/** A button has exactly one: of two classes that set a height, the order in the stylesheet decides, not the order of the classes. */
const sizes = {
  small: "h-7 px-2 text-xs",
  normal: "h-9 px-3 text-sm",
  "small-icon": "size-7 shrink-0",
  icon: "size-8 shrink-0",
} as const;

type ButtonProps = ComponentProps<"button"> & { look?: keyof typeof looks; size?: keyof typeof sizes };

/** A button. Its words are a verb. */
export function Button({
  look = "plain",
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
        looks[look],
        className,
      )}
      {...rest}
    />
  );
}

type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label" | "size"> & {
  /** What it does: read out, and shown on hover. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  /** Beside text of one line. */
  isSmall?: boolean;
};

/** A button that is only an icon. */
export function IconButton({ label, shortcut, look = "quiet", isSmall = false, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} shortcut={shortcut}>
      <Button look={look} aria-label={label} size={isSmall ? "small-icon" : "icon"} {...rest} />
    </Tip>
  );
}

type IconLinkProps<T extends string> = Pick<LinkProps<T>, "href"> & {
  /** Where it leads: read out, and shown on hover. */
  label: string;
  children: ReactNode;
};

/** A link to another page that is only an icon. */
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
