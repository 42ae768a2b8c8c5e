import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status, type StatusKind } from "@/components/ui/status";
import { Hash, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { Verdict } from "@/lib/channels/rules/profile-check";
import type { ProfileFormat } from "@/lib/channels/rules/sender-profile";
import type { KeptFacts } from "@/lib/channels/schema/check";

export const verdictGlyphs: Readonly<Record<Verdict, StatusKind>> = { yes: "ok", no: "bad", unknown: "unknown" };

/** Facts that are judged, in the order in which they are shown. */
const judged = [
  "status",
  "profileStatus",
  "businessProfile",
  "bizchat",
  "block",
  "dormant",
  "categoryCode",
  "committalCompanyName",
] as const;

/** A dealer's answer about the sender profile: each fact with its verdict, when it was taken, and the digest of what came. */
export function ProfileCheckPanel({
  check,
  channelId,
  mayRun,
  linked,
  now,
}: {
  check: (KeptFacts & { at: Date; format: string | null; sha256: string | null }) | null;
  channelId: string;
  mayRun: boolean;
  /** Whether a way to the page of checks is wanted: not on that page itself. */
  linked: boolean;
  now: Date;
}) {
  const t = useTranslations("channels.checks");
  const at = `/channels/${channelId}/checks`;
  const title = linked ? <Link href={at}>{t("rail")}</Link> : t("rail");
  if (!check) {
    return (
      <Panel title={title}>
        <PanelPart>
          <p className="text-sm text-fg-2">{t("profileNone")}</p>
          {mayRun && linked ? (
            <div className="mt-3">
              <LinkButton size="sm" href={`${at}#import`} icon={<Icon name="download" />}>
                {t("import.open")}
              </LinkButton>
            </div>
          ) : null}
        </PanelPart>
      </Panel>
    );
  }
  const format = formats.find((one) => one === check.format);
  return (
    <Panel title={title} aside={<Time at={check.at} now={now} />}>
      <PanelPart>
        <ul className="text-sm">
          {check.facts.map(({ name, value, verdict }) => (
            <li key={name} className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 py-1">
              <Mono>{name}</Mono>
              <span className="flex min-w-0 flex-wrap justify-between gap-x-3">
                <span className="min-w-0">
                  {name === "senderKey" ? <Hash value={value} /> : isName(name) ? value : <Mono>{value}</Mono>}
                </span>
                <FactVerdict name={name} verdict={verdict} />
              </span>
            </li>
          ))}
        </ul>
        <p className="mt-2 text-xs text-fg-3">
          {format ? t(`formats.${format}`) : null}
          {check.sha256 ? (
            <>
              {" · sha256 "}
              <Hash value={check.sha256} />
            </>
          ) : null}
        </p>
      </PanelPart>
    </Panel>
  );
}

const formats: readonly ProfileFormat[] = ["lunasoft", "happytalk", "infobank"];

const isName = (name: string) => name === "name" || name === "committalCompanyName" || name === "uuid";

function FactVerdict({ name, verdict }: { name: string; verdict: Verdict | null }) {
  const t = useTranslations("channels.checks");
  const fact = judged.find((one) => one === name);
  if (!fact || verdict === null) return null;
  return <Status kind={verdictGlyphs[verdict]}>{t(`facts.${fact}.${verdict}`)}</Status>;
}
