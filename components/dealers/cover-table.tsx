import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/action";
import { fullDay } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";

/** The channels that a contract covers, each with its days; the actions are null for those who may not change them. */
export function CoverTable({
  contract,
  cover,
  uncover,
}: {
  contract: Pick<ContractView, "id" | "version" | "channels">;
  cover: FormAction | null;
  uncover: FormAction | null;
}) {
  const t = useTranslations("dealers.contracts.channels");
  const form = useTranslations("form");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("channel")}</Th>
      <Th>{t("days")}</Th>
      <Th phone="hide">{t("state")}</Th>
      {cover ? <Th end>{t("change")}</Th> : null}
    </>
  );
  return (
    <Table caption={t("table")} head={head}>
      {contract.channels.map((channel) => {
        const hidden = { contractId: contract.id, version: String(contract.version), channelId: channel.id };
        return (
          <Tr key={channel.id}>
            <TdName second={`@${channel.searchId}`}>
              <Link className="name" href={`/channels/${channel.id}`}>
                {channel.name}
              </Link>
            </TdName>
            <Td second={channel.untilOn ? null : t("whole")}>
              {fullDay(channel.fromOn, locale)} – {channel.untilOn ? fullDay(channel.untilOn, locale) : null}
            </Td>
            <Td phone="hide">
              <Status kind={channel.live ? "ok" : "waiting"}>{t(channel.live ? "live" : "preparing")}</Status>
            </Td>
            {cover && uncover ? (
              <Td end>
                <span className="inline-flex gap-2 max-desk:flex-col">
                  <ConfirmForm
                    action={cover}
                    opener={t("change")}
                    openerSize="sm"
                    title={`${channel.name}: ${t("change")}`}
                    submit={t("save")}
                    hidden={hidden}
                    fields={{ fromOn: t("from"), untilOn: t("until") }}
                  >
                    <TextField name="fromOn" type="date" label={t("from")} defaultValue={channel.fromOn} />
                    <TextField
                      name="untilOn"
                      type="date"
                      label={t("until")}
                      optional={form("optional")}
                      defaultValue={channel.untilOn ?? undefined}
                    />
                  </ConfirmForm>
                  <ConfirmForm
                    action={uncover}
                    opener={t("remove")}
                    openerSize="sm"
                    openerVariant="ghost"
                    title={t("removeTitle", { channel: channel.name })}
                    body={t("removeBody")}
                    submit={t("remove")}
                    variant="danger"
                    hidden={hidden}
                  />
                </span>
              </Td>
            ) : null}
          </Tr>
        );
      })}
    </Table>
  );
}
