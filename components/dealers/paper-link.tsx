import { Hash } from "@/components/ui/text";
import type { ContractView, FileView } from "@/lib/dealers/rules/contract-view";

/** A document of the contract, by its file: its name leads to the download, its hash stands behind. */
export function PaperLink({
  contract,
  file,
  may,
  label,
}: {
  contract: Pick<ContractView, "id" | "documents">;
  file: FileView;
  /** Whether the viewer may download it. */
  may: boolean;
  /** Shown in place of the file's name. */
  label?: string;
}) {
  const document = contract.documents.find((one) => one.file.id === file.id);
  const name = label ?? file.name;
  return (
    <>
      {may && document ? (
        <a href={`/dealers/contracts/${contract.id}/documents/${document.id}`} download title={file.name}>
          {name}
        </a>
      ) : (
        name
      )}{" "}
      <span className="text-fg-3">
        <Hash value={file.sha256} />
      </span>
    </>
  );
}
