import NextLink from "next/link";
import type { ComponentProps } from "react";

/** A link of the console. Loads its page on touch, not for each of fifty rows in sight. */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
