import NextLink from "next/link";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Pending } from "./pending";

/** A link of the console. Loads its page when pressed, not for each of fifty rows in sight. */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}

/** The same for what changes the list in place (tabs, chips, sorting, pages): it shows that the page is on the way. */
export function ListLink({ children, ...rest }: ComponentProps<typeof NextLink>) {
  const t = useTranslations("form");
  return (
    <NextLink prefetch={false} {...rest}>
      {children}
      <Pending word={t("loading")} />
    </NextLink>
  );
}
