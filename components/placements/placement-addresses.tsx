import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/text";
import { buttonAddress, consultUrl, consultUrlForReading, qrAddress } from "@/lib/placements/rules";
import type { PlacementRow } from "@/lib/placements/schema";

/** The addresses of a placement, where they lead, and what its way means. @param origin DAMSO_URL */
export function PlacementAddresses({ placement, origin }: { placement: PlacementRow; origin: string }) {
  const t = useTranslations("placements");
  const button = buttonAddress(origin, placement.code);
  const reason = placement.medium === "offline" || placement.medium === "message" ? placement.medium : placement.mode;
  const before = consultUrlForReading(placement).split(placement.code);
  return (
    <div className="mb-7">
      <KeyValue
        rows={[
          ...(placement.mode === "redirect"
            ? ([
                [t("addresses.button"), <Address key="b" text={button} />],
                [t("addresses.qr"), <Address key="q" text={qrAddress(origin, placement.code)} />],
              ] as const)
            : []),
          [
            t("addresses.target"),
            <span key="t" className="flex items-start justify-between gap-3">
              <span className="mono min-w-0">
                {before[0]}
                <b className="bg-selected font-bold">{placement.code}</b>
                {before.slice(1).join(placement.code)}
              </span>
              {placement.mode === "direct" ? (
                <Copy text={consultUrl(placement)} />
              ) : (
                <LinkButton
                  href={consultUrl(placement)}
                  target="_blank"
                  rel="noopener"
                  size="sm"
                  icon={<Icon name="external-link" />}
                >
                  {t("addresses.open")}
                </LinkButton>
              )}
            </span>,
          ],
          ...(placement.pageUrl
            ? ([
                [
                  t("field.pageUrl"),
                  <span key="p" className="flex items-start justify-between gap-3">
                    <span className="mono min-w-0">{placement.pageUrl}</span>
                    <LinkButton
                      href={placement.pageUrl}
                      target="_blank"
                      rel="noopener noreferrer"
                      size="sm"
                      icon={<Icon name="external-link" />}
                    >
                      {t("addresses.open")}
                    </LinkButton>
                  </span>,
                ],
              ] as const)
            : []),
          ...(placement.tags.length > 0
            ? ([[t("field.tags"), placement.tags.map((tag) => `#${tag}`).join(" ")]] as const)
            : []),
          [t("addresses.code"), <span key="c">{t("addresses.codeNote", { length: placement.code.length })}</span>],
        ]}
      />
      <div className="mt-3" />
      <Callout kind="off" title={t(`addresses.why.${reason}`)}>
        {t(`addresses.whyText.${reason}`, { host: new URL(origin).host })}
      </Callout>
    </div>
  );
}

function Address({ text }: { text: string }) {
  return (
    <span className="flex items-start justify-between gap-3">
      <Mono>{text}</Mono>
      <Copy text={text} />
    </span>
  );
}

/** A copy button with the form's own words; `what` tells several of them apart. */
export function Copy({ text, what }: { text: string; what?: string }) {
  const f = useTranslations("form");
  const label = what === undefined ? f("copy") : f("copyWhat", { what });
  return <CopyButton text={text} label={label} done={f("copied")} icon={<Icon name="copy" />} />;
}
