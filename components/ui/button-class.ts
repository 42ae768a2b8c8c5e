import type { ReactNode } from "react";

export type ButtonVariant = "primary" | "default" | "danger" | "ghost";

export interface ButtonLook {
  variant?: ButtonVariant;
  size?: "sm" | "md" | "lg";
  /** An icon alone: needs an aria-label. */
  square?: boolean;
  full?: boolean;
  icon?: ReactNode;
}

export function buttonClass({ variant = "default", size = "md", square, full }: ButtonLook, more = ""): string {
  return ["btn", variant !== "default" && variant, size !== "md" && size, square && "square", full && "w-full", more]
    .filter(Boolean)
    .join(" ");
}
