import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { Mono } from "@/components/ui/text";
import { Timeline } from "@/components/ui/timeline";
import { dayAndTime } from "@/lib/clock";
import { shortHandle } from "@/lib/transcripts/rules";
import { transcriptsAddress } from "./transcript-filters";

/** The user of a consultation: the handle always, the user_key only while a look is open. */
export function UserPanel({
  handle,
  userKey,
  channel,
  sameUser,
  blocked,
}: {
  handle: Uint8Array;
  /** Null: not shown. */
  userKey: string | null;
  channel: { id: string; name: string };
  sameUser: number;
  blocked: boolean;
}) {
  const t = useTranslations("transcripts.reading.user");
  const locale = useLocale();
  const user = Buffer.from(handle).toString("hex");
  return (
    <Panel title={t("title")}>
      <PanelPart>
        <KeyValue
          rows={[
            [
              t("key"),
              userKey === null ? (
                <span key="key" className="text-fg-3">
                  {t("hidden")}
                </span>
              ) : (
                <Mono key="key">{userKey}</Mono>
              ),
            ],
            [t("handle"), <Mono key="handle">{shortHandle(handle)}</Mono>],
            [
              t("same"),
              <span key="same">
                <Link className="underline underline-offset-2" href={transcriptsAddress({ user, channel: channel.id })}>
                  {t("sameCount", { count: sameUser.toLocaleString(locale) })}
                </Link>{" "}
                · {t("within", { channel: channel.name })}
              </span>,
            ],
            [
              t("blocked"),
              <Status key="blocked" kind={blocked ? "bad" : "off"}>
                {blocked ? t("yes") : t("no")}
              </Status>,
            ],
          ]}
        />
        <p className="hint mt-3">{t("note")}</p>
      </PanelPart>
    </Panel>
  );
}

type Access = { id: string; at: Date; action: string; purpose: string; name: string | null };
const actions = ["read", "unmask", "file", "export", "download", "classify", "forward", "search", "find"] as const;

/** Who opened it last, from its access records (접속기록). */
export function RecentLooks({ accesses, now }: { accesses: readonly Access[]; now: Date }) {
  const t = useTranslations("transcripts.reading.recent");
  const locale = useLocale();
  return (
    <Panel title={t("title")}>
      <PanelPart>
        {accesses.length === 0 ? (
          <p className="text-fg-3">{t("none")}</p>
        ) : (
          <Timeline
            moments={accesses.map(({ id, at, action, purpose, name }) => {
              const known = actions.find((one) => one === action);
              return {
                ...{ key: id, kind: "note" },
                title: [name ?? t("somebody"), purpose].filter(Boolean).join(" · "),
                note: `${dayAndTime(at, locale, now)} · ${known ? t(`actions.${known}`) : action}`,
              };
            })}
          />
        )}
      </PanelPart>
    </Panel>
  );
}
