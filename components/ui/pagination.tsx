import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListLink } from "./link";

/** Keyset paging: the addresses of the neighbours, null where there is none. `range` says what is shown, `1–50`. */
export function Pagination({
  label,
  range,
  previous,
  next,
}: {
  label: string;
  range: ReactNode;
  previous: string | null;
  next: string | null;
}) {
  const t = useTranslations("form");
  return (
    <nav className="pager" aria-label={label}>
      <span>{range}</span>
      <Step href={previous}>{t("previous")}</Step>
      <Step href={next}>{t("next")}</Step>
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: ReactNode }) {
  if (href) {
    return (
      <ListLink className="btn sm" href={href}>
        {children}
      </ListLink>
    );
  }
  return (
    <button type="button" className="btn sm" disabled>
      {children}
    </button>
  );
}
