import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Before the first channel: what the page is for, and three ways to begin. */
export function ChannelEmpty({ mayOpen, mayReadDealers }: { mayOpen: boolean; mayReadDealers: boolean }) {
  const t = useTranslations("channels");
  if (!mayOpen) return <EmptyState title={t("empty.title")}>{t("empty.readOnly")}</EmptyState>;
  const opener = (
    <LinkButton variant="primary" size="sm" href="/channels/new">
      {t("openChannel")}
    </LinkButton>
  );
  const directory = mayReadDealers ? (
    <LinkButton size="sm" href="/dealers/directory">
      {t("empty.dealer")}
    </LinkButton>
  ) : null;
  return (
    <EmptyState
      title={t("empty.title")}
      starts={[
        { title: t("empty.have"), note: t("empty.haveNote"), action: opener },
        { title: t("empty.need"), note: t("empty.needNote") },
        { title: t("empty.dealer"), note: t("empty.dealerNote"), action: directory },
      ]}
    >
      {t("empty.body")}
    </EmptyState>
  );
}
