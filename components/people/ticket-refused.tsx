import { useLocale, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { sentence } from "@/lib/messages";

/** A mailed link that leads nowhere any more, why, and the way on. */
export function TicketRefused({ reason }: { reason: string }) {
  const t = useTranslations("people");
  const locale = useLocale();
  return (
    <>
      <h1>{t("ticket.title")}</h1>
      <Callout kind="warn" role="alert">
        {sentence(reason, locale)}
      </Callout>
      <p className="hint mt-4">
        <Link href="/sign-in">{t("signIn.back")}</Link>
      </p>
    </>
  );
}
