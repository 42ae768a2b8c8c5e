import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { consentCode } from "@/lib/privacy/rules/consent";
import type { ConsentFormRow } from "@/lib/privacy/rules/consent-view";
import { ConsentStatus } from "./consent-status";

/** Consent forms with what is asked, and how many users stand where. */
export function ConsentTable({ forms }: { forms: readonly ConsentFormRow[] }) {
  const t = useTranslations("privacy.consents");
  return (
    <Table
      caption={t("title")}
      head={
        <>
          <Th>{t("columns.name")}</Th>
          <Th phone="hide">{t("columns.kind")}</Th>
          <Th phone="hide">{t("columns.channel")}</Th>
          <Th>{t("columns.state")}</Th>
          <Th numeric>{t("standings.given")}</Th>
          <Th numeric>{t("standings.again")}</Th>
        </>
      }
    >
      {forms.map((form) => (
        <Tr key={form.id}>
          <TdName href={`/privacy/consents/${form.id}`} second={consentCode(form.number)}>
            {form.name}
          </TdName>
          <Td phone="hide">{t(`kinds.${form.kind}`)}</Td>
          <Td phone="hide">{form.channel?.name ?? t("everyChannel")}</Td>
          <Td second={form.askedVersion ? t("askedVersion", { number: form.askedVersion }) : t("notAsked")}>
            {form.retiredAt ? <Status kind="off">{t("retired")}</Status> : <ConsentStatus state={form.state} />}
          </Td>
          <Td numeric>{form.counts.given}</Td>
          <Td numeric>{form.counts.again}</Td>
        </Tr>
      ))}
    </Table>
  );
}
