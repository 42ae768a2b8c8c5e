"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Pending } from "@/components/ui/pending";

/** A link that knows whether its place is the one shown. */
export function NavLink({
  href,
  className,
  loading,
  children,
}: {
  href: string;
  className?: string;
  /** Read out while its page is on the way. */
  loading: string;
  children: ReactNode;
}) {
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
      <Pending word={loading} />
    </NextLink>
  );
}
