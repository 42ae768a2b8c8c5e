// The plain way: what Next and Prisma give when nobody thinks about it.
import { PrismaPg } from "@prisma/adapter-pg";
import { type NextRequest, NextResponse } from "next/server";
import { PrismaClient } from "../../../../../../prisma/generated/client";

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" }),
});

export async function GET(request: NextRequest, { params }: { params: Promise<{ code: string }> }) {
  const placement = await prisma.placement.findUnique({
    where: { code: (await params).code },
    include: { channel: true },
  });
  if (!placement) return new NextResponse(null, { status: 404 });
  const bot = /bot|crawl|preview/i.test(request.headers.get("user-agent") ?? "");
  await prisma.press.create({
    data: {
      organizationId: placement.organizationId,
      placementId: placement.id,
      at: new Date(),
      kind: "press",
      visitor: bot ? "bot" : "person",
    },
  });
  return NextResponse.redirect(
    `https://bizmessage.kakao.com/chat/open/@${placement.channel.searchId}?extra=${placement.code}`,
    302,
  );
}
