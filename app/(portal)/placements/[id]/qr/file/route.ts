import { signedIn } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { Refused } from "@/lib/errors";
import { fileAnswer, missingAnswer } from "@/lib/file-answer";
import { logoOf, qrFile } from "@/lib/placements/qr-file";
import { getPlacement } from "@/lib/placements/queries";
import { listQrVersions, usualVersion } from "@/lib/placements/queries/get-qr";
import { qrAddress } from "@/lib/placements/rules";
import { qrFileSchema } from "@/lib/placements/schema/qr";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** ?format=svg|png|pdf&number=&px=: the QR of a place as one of its versions says, read back before it goes out; 422 where it does not read. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const signed = await signedIn();
  const { id } = await params;
  const asked = qrFileSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!signed || !asked.success || !uuid.test(id)) return missingAnswer();
  const { actor } = signed;
  const placement = await getPlacement(actor, id, new Date());
  if (!placement || placement.mode === "direct") return missingAnswer();
  const versions = await listQrVersions(actor, id);
  const { format, px } = asked.data;
  const number = asked.data.number ?? versions[0]?.number ?? 0;
  const version = number === 0 ? usualVersion(placement.createdAt) : versions.find((one) => one.number === number);
  if (!version) return missingAnswer();
  try {
    const logo = await logoOf(version.logoFile, version.level);
    const address = qrAddress(env().DAMSO_URL, placement.code);
    const source = { address, title: placement.name, settings: version, at: version.at, logo };
    const { bytes, mime } = await qrFile(source, format, px);
    const stream = new Blob([Uint8Array.from(bytes)]).stream();
    return fileAnswer({ name: `${placement.code}-v${number}.${format}`, mime, bytes: bytes.byteLength, stream });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const code = error.key.split(".").at(-1);
    return Response.json({ status: 422, code }, { status: 422, headers: { "Cache-Control": "no-store" } });
  }
}
