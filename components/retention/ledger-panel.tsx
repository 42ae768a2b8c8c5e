import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { LedgerRow } from "@/lib/retention/rules/ledger-row";
import { LedgerTable } from "./ledger-table";

/** The latest lines of the destruction ledger, on the overview of 보유·파기. */
export function LedgerPanel({ rows }: { rows: readonly LedgerRow[] }) {
  const t = useTranslations("retention");
  return (
    <Section
      title={t("tabs.ledger")}
      note={t("ledger.panelNote")}
      actions={<Link href="/retention/ledger">{t("ledger.all")}</Link>}
    >
      {rows.length > 0 ? <LedgerTable rows={rows} /> : <p className="text-sm text-fg-3">{t("ledger.empty.title")}</p>}
    </Section>
  );
}
