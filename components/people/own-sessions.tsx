import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import type { OpenSession } from "@/lib/people/schema";
import { ProofField } from "./proof-field";
import { SessionTable } from "./session-table";

/** Where the person is signed in; one or all others can be ended, proven anew. */
export function OwnSessions({
  sessions,
  current,
  byCode,
  action,
  now,
}: {
  sessions: readonly OpenSession[];
  current: string;
  byCode: boolean;
  action: FormAction;
  now: Date;
}) {
  const t = useTranslations("people.account");
  const others = sessions.length - 1;
  const endOthers =
    others > 0 ? (
      <ConfirmForm
        action={action}
        opener={t("endOthers")}
        openerSize="sm"
        title={t("endOthersTitle", { count: others })}
        body={t("endOthersBody")}
        submit={t("endOthers")}
        hidden={{ signInId: "others" }}
      >
        <ProofField byCode={byCode} />
      </ConfirmForm>
    ) : null;
  return (
    <Section title={t("sessions")} count={sessions.length} note={t("sessionsNote")} actions={endOthers}>
      <SessionTable
        caption={t("sessionsList")}
        sessions={sessions}
        current={current}
        now={now}
        act={(session, browser) => (
          <ConfirmForm
            action={action}
            opener={t("end")}
            openerSize="sm"
            title={t("endTitle")}
            body={t("endBody", { browser, address: session.address })}
            submit={t("end")}
            hidden={{ signInId: session.id }}
          >
            <ProofField byCode={byCode} />
          </ConfirmForm>
        )}
      />
    </Section>
  );
}
