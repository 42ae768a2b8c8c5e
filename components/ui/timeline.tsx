import type { ReactNode } from "react";
import { Glyph, type StatusKind } from "./status";

export interface Moment {
  /** Tells moments apart: an id or an instant. */
  key: string;
  kind: StatusKind;
  title: ReactNode;
  note?: ReactNode;
}

export function Timeline({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol className="timeline">
      {moments.map((moment) => (
        <li key={moment.key}>
          <Glyph kind={moment.kind} />
          <div>
            {moment.title}
            {moment.note ? <span className="t2">{moment.note}</span> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
