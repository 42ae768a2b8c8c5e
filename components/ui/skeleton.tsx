import { useTranslations } from "next-intl";

const widths = ["w-[38%]", "w-[62%]", "w-[50%]", "w-[26%]", "w-[44%]"] as const;

/** Bars in the shape of the columns, 200 ms late; under the real head, filters and table head. */
export function SkeletonTable({ columns, rows = 6 }: { columns: readonly string[]; rows?: number }) {
  const t = useTranslations("form");
  return (
    <div className="table-region">
      <p className="sr-only" role="status">
        {t("loading")}
      </p>
      <table className="table" aria-hidden="true">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody className="skeleton">
          {Array.from({ length: rows }, (_, row) => row).map((row) => (
            <tr key={row}>
              {columns.map((column, at) => (
                <td key={column}>
                  <i className={widths[(row + at * 2) % widths.length]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
