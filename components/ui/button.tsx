import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Link } from "./link";

/** One primary button per view; a dialog counts as its own view. */
export function Button({
  variant,
  size,
  square,
  full,
  icon,
  className,
  children,
  ...rest
}: ButtonLook & ComponentProps<"button">) {
  return (
    <button type="button" {...rest} className={buttonClass({ variant, size, square, full }, className)}>
      {icon}
      {children}
    </button>
  );
}

export function LinkButton({
  variant,
  size,
  square,
  full,
  icon,
  className,
  children,
  ...rest
}: ButtonLook & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={buttonClass({ variant, size, square, full }, className)}>
      {icon}
      {children}
    </Link>
  );
}
