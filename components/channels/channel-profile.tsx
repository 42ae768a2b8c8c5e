import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { dealerBySlug } from "@/lib/dealers/directory";

/** Everything that is known of a channel itself. */
export function ChannelProfile({
  channel,
}: {
  channel: {
    searchId: string;
    publicId: string | null;
    senderKey: string | null;
    name: string;
    dealer: string | null;
    contact: string;
    categoryCode: string | null;
    consignorName: string;
    privacyUrl: string | null;
    organizationName: string;
    createdAt: Date;
    wentLiveAt: Date | null;
  };
}) {
  const t = useTranslations("channels");
  const dealer = dealerBySlug(channel.dealer);
  const unknown = <span className="text-fg-3">{t("profile.unknown")}</span>;
  return (
    <div className="max-w-3xl">
      <KeyValue
        rows={[
          [
            t("fields.searchId"),
            <span key="searchId">
              @{channel.searchId}
              <span className="block text-xs text-fg-3">{t("hints.searchIdFixed")}</span>
            </span>,
          ],
          [t("fields.name"), channel.name],
          [t("fields.publicId"), channel.publicId ? <Mono key="publicId">{channel.publicId}</Mono> : unknown],
          [
            t("fields.senderKey"),
            channel.senderKey ? (
              <span key="senderKey" className="inline-flex flex-wrap items-center gap-1">
                <Mono>{channel.senderKey}</Mono>
                <CopyButton
                  small
                  text={channel.senderKey}
                  label={t("copySenderKey")}
                  done={t("copied")}
                  icon={<Icon name="copy" />}
                />
              </span>
            ) : (
              unknown
            ),
          ],
          [
            t("fields.dealer"),
            dealer ? t("profile.dealerPhone", { name: dealer.name, phone: dealer.phone }) : t("noDealer"),
          ],
          [t("fields.contact"), channel.contact || t("profile.noContact")],
          [
            t("fields.categoryCode"),
            channel.categoryCode ? <Mono key="category">{channel.categoryCode}</Mono> : unknown,
          ],
          [
            t("fields.consignorName"),
            channel.consignorName || t("profile.consignorDefault", { name: channel.organizationName }),
          ],
          [
            t("fields.privacyUrl"),
            channel.privacyUrl ? (
              <a
                key="privacy"
                className="underline underline-offset-2"
                href={channel.privacyUrl}
                target="_blank"
                rel="noopener noreferrer"
              >
                {channel.privacyUrl}
              </a>
            ) : (
              t("profile.noPrivacyUrl")
            ),
          ],
          [t("fields.opened"), <Time key="opened" at={channel.createdAt} as="full" />],
          [t("fields.live"), channel.wentLiveAt ? <Time key="live" at={channel.wentLiveAt} as="full" /> : unknown],
        ]}
      />
    </div>
  );
}
