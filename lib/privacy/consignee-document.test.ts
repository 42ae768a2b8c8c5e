import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { expect, it } from "vitest";
import { consigneeDocument } from "./consignee-document";

it("is a Word document with the table, and takes any character", async () => {
  const entries = [
    {
      consignee: "<인포뱅크> & 동료\u0001",
      work: "운영",
      period: "1년",
      subs: [
        { name: "카카오", work: "송수신" },
        { name: "둘", work: "셋" },
      ],
    },
    { consignee: "루나", work: "분석", period: "1년", subs: [] },
  ];
  const file = await consigneeDocument(entries, { company: "한결생활", effectiveOn: "2026-03-01" });
  const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(file)])));
  const part = (await zip.getEntries()).find(({ filename }) => filename === "word/document.xml");
  if (!part || part.directory) throw new Error("no document");
  const xml = await part.getData(new TextWriter());
  expect(xml).toContain("&lt;인포뱅크&gt; &amp; 동료\ufffd");
  expect(xml).toContain("시행일 2026.03.01");
  expect(xml.match(/<w:tr[ >]/g)).toHaveLength(4);
  expect(xml.match(/w:vMerge w:val="restart"/g)).toHaveLength(3);
});
