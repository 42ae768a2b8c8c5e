import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Panel, PanelPart } from "@/components/ui/panel";
import { dayAndTime } from "@/lib/clock";

/** The final register as a paper and as a table. A form, since each download is recorded. */
export function ExitRegister({
  contractId,
  registerAt,
  now,
}: {
  contractId: string;
  registerAt: Date | null;
  now: Date;
}) {
  const t = useTranslations("dealers.exit");
  const locale = useLocale();
  return (
    <Panel title={t("items.register")}>
      <PanelPart>
        <p className="text-sm">{t("notes.register")}</p>
        <form className="mt-3 flex flex-wrap gap-2" method="post" action={`/dealers/contracts/${contractId}/register`}>
          <Button type="submit" size="sm" name="format" value="pdf">
            {t("download.pdf")}
          </Button>
          <Button type="submit" size="sm" name="format" value="csv">
            {t("download.csv")}
          </Button>
        </form>
        <p className="hint mt-2">
          {registerAt ? `${t("download.last", { at: dayAndTime(registerAt, locale, now) })} ` : null}
          {t("download.note")}
        </p>
      </PanelPart>
    </Panel>
  );
}
