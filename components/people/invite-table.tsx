import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { dayAndTime } from "@/lib/clock";
import { ticketStatus } from "@/lib/people/rules";
import type { InviteRow } from "@/lib/people/schema";

type Acts = { resend: FormAction; withdraw: FormAction };

/** Invitations with what became of them; `acts` where the viewer may send again and withdraw. */
export function InviteTable({ invites, acts, now }: { invites: readonly InviteRow[]; acts: Acts | null; now: Date }) {
  const t = useTranslations("people");
  if (invites.length === 0) return <EmptyState title={t("invites.empty")}>{t("inviteForm.sub")}</EmptyState>;
  const head = (
    <>
      <Th>{t("invites.person")}</Th>
      <Th phone="hide">{t("column.role")}</Th>
      <Th>{t("invites.state")}</Th>
      <Th phone="hide">{t("invites.sentAt")}</Th>
      {acts ? (
        <Th end>
          <span className="sr-only">{t("invites.acts")}</span>
        </Th>
      ) : null}
    </>
  );
  return (
    <Table caption={t("invites.list")} head={head}>
      {invites.map((invite) => (
        <InviteTr key={invite.id} invite={invite} acts={acts} now={now} />
      ))}
    </Table>
  );
}

const kinds = { open: "waiting", used: "ok", withdrawn: "off", expired: "bad" } as const;

function InviteTr({ invite, acts, now }: { invite: InviteRow; acts: Acts | null; now: Date }) {
  const [t, locale] = [useTranslations("people"), useLocale()];
  const status = ticketStatus(invite, now);
  const words = t(`invites.${status}`, { time: dayAndTime(invite.expiresAt, locale, now) });
  return (
    <Tr>
      <TdName second={invite.email}>{invite.name}</TdName>
      <Td phone="hide">{invite.role ? t(`roles.${invite.role}`) : null}</Td>
      <Td nowrap>
        <Status kind={kinds[status]}>{words}</Status>
      </Td>
      <Td nowrap phone="hide" second={invite.invitedBy ?? t("invites.operator")}>
        <Time at={invite.createdAt} now={now} />
      </Td>
      {acts ? (
        <Td end nowrap>
          {status === "open" || status === "expired" ? <InviteActs invite={invite} acts={acts} /> : null}
        </Td>
      ) : null}
    </Tr>
  );
}

function InviteActs({ invite, acts }: { invite: InviteRow; acts: Acts }) {
  const [t, form] = [useTranslations("people.invites"), useTranslations("form")];
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <ActionForm action={acts.resend} summary={t("resend")} working={form("working")}>
        <input type="hidden" name="inviteId" value={invite.id} />
        <SubmitButton size="sm" variant="default">
          {t("resend")}
        </SubmitButton>
      </ActionForm>
      <ConfirmForm
        action={acts.withdraw}
        opener={t("withdraw")}
        openerVariant="ghost"
        openerSize="sm"
        title={t("withdrawTitle", { email: invite.email })}
        body={t("withdrawBody")}
        submit={t("withdraw")}
        variant="danger"
        hidden={{ inviteId: invite.id }}
      />
    </div>
  );
}
