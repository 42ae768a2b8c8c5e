import { useLocale, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { fullTime } from "@/lib/clock";

/** What must be known of a connection before anything else: closed, still overlapping, unable to tell channels apart. */
export function ConnectionNotices({
  connection,
}: {
  connection: {
    channel: { id: string };
    closedAt: Date | null;
    oldAddressUntil: Date | null;
    oldSecretUntil: Date | null;
    senderKeyKnown: boolean;
  };
}) {
  const t = useTranslations("dealers");
  const locale = useLocale();
  const { channel, closedAt, oldAddressUntil, oldSecretUntil, senderKeyKnown } = connection;
  if (closedAt) return <Callout kind="off">{t("closedNote", { at: fullTime(closedAt, locale) })}</Callout>;
  return (
    <>
      {oldAddressUntil ? (
        <Callout kind="note" title={t("oldAddress", { until: fullTime(oldAddressUntil, locale) })} />
      ) : null}
      {oldSecretUntil ? (
        <Callout kind="note" title={t("oldSecret", { until: fullTime(oldSecretUntil, locale) })} />
      ) : null}
      {senderKeyKnown ? null : (
        <Callout
          kind="warn"
          title={t("senderKeyMissing")}
          actions={
            <LinkButton size="sm" href={`/channels/${channel.id}`}>
              {t("new.toChannels")}
            </LinkButton>
          }
        >
          {t("senderKeyMissingBody")}
        </Callout>
      )}
    </>
  );
}
