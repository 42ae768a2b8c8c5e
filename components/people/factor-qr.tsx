import { qrMatrix, quietZone } from "@/lib/qr";

/** The QR of an authenticator's secret, drawn in the page: no address serves it, nothing stores it. */
export function FactorQr({ uri, label }: { uri: string; label: string }) {
  const matrix = qrMatrix(uri, "M");
  const side = matrix.size + 2 * quietZone;
  const places = Array.from(
    { length: matrix.size ** 2 },
    (_, at) => [at % matrix.size, Math.floor(at / matrix.size)] as const,
  );
  const path = places
    .filter(([x, y]) => matrix.isDark(x, y))
    .map(([x, y]) => `M${x + quietZone} ${y + quietZone}h1v1h-1z`)
    .join("");
  return (
    <svg
      className="size-48 rounded-md"
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={side} height={side} className="fill-white" />
      <path d={path} className="fill-black" />
    </svg>
  );
}
