import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CalendarSection } from "@/components/dealers/calendar-section";
import { FactorSection } from "@/components/people/factor-section";
import { OwnSessions } from "@/components/people/own-sessions";
import { PasswordSection, ProfileSection } from "@/components/people/profile-section";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor, currentSignIn } from "@/lib/auth/session";
import { getOwnCalendar } from "@/lib/dealers/queries/own-calendar";
import { factorOffer } from "@/lib/people/commands/enroll-factor";
import { countRecoveryCodes, getAccount, listMySessions } from "@/lib/people/queries/account";
import { factorObligatory } from "@/lib/people/rules";
import { otpauthUri } from "@/lib/totp";
import {
  changePasswordAction,
  endOwnSessionsAction,
  enrollOwnFactorAction,
  removeFactorAction,
  renamePersonAction,
  renewRecoveryCodesAction,
} from "./actions";
import { closeCalendarAction, openCalendarAction } from "./calendar-actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("account.title") };
}

export default async function AccountPage() {
  const actor = await currentActor();
  const [t, now, state] = [await getTranslations("people"), new Date(), await currentSignIn()];
  const [account, sessions, codes] = await Promise.all([
    getAccount(actor),
    listMySessions(actor),
    countRecoveryCodes(actor),
  ]);
  const mayFollow = can(actor, "calendar:own");
  const calendar = mayFollow ? await getOwnCalendar(actor) : null;
  const secret = factorOffer(actor);
  return (
    <>
      <PageHeader title={t("account.title")} sub={`${account.email} · ${t(`roles.${actor.role}`)}`} />
      <ProfileSection name={account.name} action={renamePersonAction} />
      <PasswordSection setAt={account.passwordSetAt} action={changePasswordAction} />
      <FactorSection
        confirmedAt={account.totpConfirmedAt}
        codesLeft={codes}
        obligatory={state ? factorObligatory(state) : false}
        offer={{ secret, uri: otpauthUri(secret, account.email) }}
        actions={{ enroll: enrollOwnFactorAction, renew: renewRecoveryCodesAction, remove: removeFactorAction }}
      />
      {mayFollow ? (
        <CalendarSection
          openedAt={calendar?.openedAt ?? null}
          actions={{ open: openCalendarAction, close: closeCalendarAction }}
        />
      ) : null}
      <OwnSessions
        sessions={sessions}
        current={actor.signInId}
        byCode={account.totpConfirmedAt !== null}
        action={endOwnSessionsAction}
        now={now}
      />
    </>
  );
}
