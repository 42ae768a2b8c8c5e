import { useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { notKeptReasons } from "@/lib/transcripts/rules/file-keeping";
import { sentFileKinds } from "@/lib/transcripts/rules/sent-files";

export interface ListedNotKept {
  id: string;
  sessionId: string;
  channelName: string;
  kind: string;
  host: string;
  reason: string;
  tries: number;
  at: Date;
}

/** Files that could not be kept; `linked`: the viewer may look at the transcripts themselves. */
export function NotKeptTable({ files, linked, now }: { files: readonly ListedNotKept[]; linked: boolean; now: Date }) {
  const t = useTranslations("transcripts.files");
  const head = (
    <>
      <Th>{t("column.time")}</Th>
      <Th>{t("column.kind")}</Th>
      <Th>{t("column.reason")}</Th>
      <Th phone="hide">{t("column.host")}</Th>
      <Th phone="hide">{t("column.channel")}</Th>
      <Th numeric phone="hide">
        {t("column.tries")}
      </Th>
    </>
  );
  return (
    <Table caption={t("notKept")} head={head}>
      {files.map((file) => {
        const kind = sentFileKinds.find((one) => one === file.kind);
        const reason = notKeptReasons.find((one) => one === file.reason);
        return (
          <Tr key={file.id}>
            <TdName href={linked ? `/transcripts/${file.sessionId}` : undefined}>
              <Time at={file.at} as="minute" now={now} />
            </TdName>
            <Td nowrap>{kind ? t(`kind.${kind}`) : file.kind}</Td>
            <Td>{reason ? t(`reason.${reason}`) : file.reason}</Td>
            <Td phone="hide">
              <Mono>{file.host}</Mono>
            </Td>
            <Td phone="hide">{file.channelName}</Td>
            <Td numeric phone="hide">
              {file.tries}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
