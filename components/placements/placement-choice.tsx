import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** The list with its ticks: what is ticked goes on to the page where something is done with it. A plain GET form, without script too. */
export function PlacementChoice({ prints, children }: { prints: boolean; children: ReactNode }) {
  const t = useTranslations("placements.bulk");
  return (
    <form method="get" action="/placements/bulk" aria-label={t("chosen")}>
      {children}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" size="sm">
          {t("open")}
        </Button>
        {prints ? (
          <Button type="submit" size="sm" formAction="/placements/prints/new">
            {t("print")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
