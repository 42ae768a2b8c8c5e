"use client";

import { Failure } from "@/components/shell/failure";
import "./globals.css";

/** The last page: the root layout itself failed. It follows the device's theme and speaks Korean. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="ko">
      <body>
        <title>담소</title>
        <main className="px-4">
          <Failure error={error} retry={retry} level={1} />
        </main>
      </body>
    </html>
  );
}
