import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { TextField } from "@/components/form/field";
import { EntryForm } from "@/components/people/entry-form";
import { PasswordInput } from "@/components/people/password-input";
import { TicketRefused } from "@/components/people/ticket-refused";
import { fullTime } from "@/lib/clock";
import { hasAccount, readTicket } from "@/lib/people/queries/tickets";
import { joinAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("inviteForm.title"), referrer: "no-referrer" };
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const ticket = await readTicket("invite", token, new Date());
  if (typeof ticket === "string") return <TicketRefused reason={ticket} />;
  const t = await getTranslations("people");
  const known = await hasAccount(ticket.email);
  const role = ticket.role ? t(`roles.${ticket.role}`) : "";
  return (
    <>
      <h1>{t("invite.title", { organization: ticket.organizationName })}</h1>
      <p className="text-sm text-fg-2">{t("invite.sub", { email: ticket.email, role })}</p>
      <p className="hint">{known ? t("invite.known") : t("invite.newcomer")}</p>
      <EntryForm action={joinAction} submit={t("invite.submit")} hidden={{ token }}>
        {known ? (
          <PasswordInput name="password" present />
        ) : (
          <>
            <TextField
              name="name"
              label={t("invite.name")}
              defaultValue={ticket.name}
              autoComplete="name"
              maxLength={60}
            />
            <PasswordInput name="newPassword" />
          </>
        )}
      </EntryForm>
      <p className="hint mt-4">{t("invite.until", { time: fullTime(ticket.expiresAt, await getLocale()) })}</p>
    </>
  );
}
