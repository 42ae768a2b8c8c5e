import { useTranslations } from "next-intl";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { Section } from "@/components/ui/section";
import { Mono } from "@/components/ui/text";
import { type PayloadDealer, payloadDealers } from "@/lib/templates/rules/payload";

/** What each dealer is sent, to be read, copied or downloaded. */
export function PayloadView({
  payloads,
  address,
  query,
}: {
  payloads: Record<PayloadDealer, { path: string; json: string }>;
  /** Where the files are, and what says which text. */
  address: string;
  query: string;
}) {
  const t = useTranslations("templates.payload");
  return payloadDealers.map((dealer) => {
    const { path, json } = payloads[dealer];
    const name = t(`dealer.${dealer}`);
    return (
      <Section
        key={dealer}
        title={name}
        actions={
          <>
            <CopyButton text={json} label={t("copy", { name })} done={t("copied")} icon={<Icon name="copy" />} />
            {/* A file, not a page: the router has nothing to do with it. */}
            <a className="btn sm" href={`${address}/${dealer}${query}`} download>
              {t("download", { name })}
            </a>
          </>
        }
      >
        <p className="mb-2 text-sm text-fg-2">
          <Mono>{`POST ${path}`}</Mono>
        </p>
        <Code label={t("code", { name })}>{json}</Code>
      </Section>
    );
  });
}
