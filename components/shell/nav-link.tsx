"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link that knows whether its place is the one shown. */
export function NavLink({ href, className, children }: { href: string; className?: string; children: ReactNode }) {
  const path = usePathname();
  const inside = href !== "/" && path.startsWith(`${href}/`);
  return (
    <NextLink
      className={className}
      href={href}
      prefetch={false}
      aria-current={path === href ? "page" : inside ? "true" : undefined}
    >
      {children}
    </NextLink>
  );
}
