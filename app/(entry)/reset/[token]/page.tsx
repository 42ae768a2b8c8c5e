import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntryForm } from "@/components/people/entry-form";
import { PasswordInput } from "@/components/people/password-input";
import { TicketRefused } from "@/components/people/ticket-refused";
import { readTicket } from "@/lib/people/queries/tickets";
import { resetPasswordAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("reset.newTitle"), referrer: "no-referrer" };
}

export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const ticket = await readTicket("reset", token, new Date());
  if (typeof ticket === "string") return <TicketRefused reason={ticket} />;
  const t = await getTranslations("people");
  return (
    <>
      <h1>{t("reset.newTitle")}</h1>
      <p className="text-sm text-fg-2">{t("reset.newSub", { email: ticket.email })}</p>
      <EntryForm action={resetPasswordAction} submit={t("reset.set")} hidden={{ token }}>
        <PasswordInput name="newPassword" />
      </EntryForm>
    </>
  );
}
