import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono, Tag } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { browserName } from "@/lib/people/rules";
import type { OpenSession } from "@/lib/people/schema";

/** Sessions in force: browser, address, since when. `act` draws what can be done about one. */
export function SessionTable({
  caption,
  sessions,
  current,
  act,
  now,
}: {
  caption: string;
  sessions: readonly OpenSession[];
  /** Id of the session of this request. */
  current?: string;
  act?: (session: OpenSession, browser: string) => ReactNode;
  now: Date;
}) {
  const t = useTranslations("people.account");
  const head = (
    <>
      <Th>{t("where")}</Th>
      <Th phone="hide">{t("since")}</Th>
      <Th>{t("seen")}</Th>
      {act ? (
        <Th end>
          <span className="sr-only">{t("end")}</span>
        </Th>
      ) : null}
    </>
  );
  return (
    <Table caption={caption} head={head}>
      {sessions.map((session) => {
        const browser = browserName(session.agent) || t("unknownBrowser");
        return (
          <Tr key={session.id}>
            <TdName second={<Mono>{session.address}</Mono>}>
              {browser} {session.id === current ? <Tag>{t("thisOne")}</Tag> : null}
            </TdName>
            <Td nowrap phone="hide">
              <Time at={session.createdAt} now={now} />
            </Td>
            <Td nowrap>
              <Time at={session.lastSeenAt} now={now} />
            </Td>
            {act ? (
              <Td end nowrap>
                {session.id === current ? null : act(session, browser)}
              </Td>
            ) : null}
          </Tr>
        );
      })}
    </Table>
  );
}
