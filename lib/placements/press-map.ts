// Every code and where it leads, in memory: filled at start, told of changes by LISTEN, filled anew each minute.
import { StandingConnection } from "@/lib/db/standing-connection";
import { errorFields, log } from "@/lib/log";
import { consultUrl } from "./rules";

const refillMs = 60_000;
/** Changes that come within this time are looked up together. */
const gatherMs = 10;
/** More changes at once than this are cheaper to read whole. */
const manyChanges = 100;

export type PressTarget = {
  placementId: string;
  code: string;
  /** "<organization id> <placement id>", as it stands in a spool line. */
  owner: string;
  /** Consult URL, percent-encoded. */
  location: string;
  direct: boolean;
  /** Channel gone live, placement not retired. The end is `endsAt`. */
  live: boolean;
  /** First instant at which the button no longer works, in milliseconds since the epoch. */
  endsAt: number;
  company: string;
  channel: string;
  contact: string;
  organizationId: string;
};

/** One artwork of a company, as its pages may load it. */
export type PublicSymbol = { sha256: string; fileId: string; bytes: number; width: number; height: number };

type SymbolRow = {
  organization_id: string;
  kind: string;
  sha256: string;
  file_id: string;
  bytes: number;
  width: number;
  height: number;
  current: boolean;
};

type Row = {
  placement_id: string;
  organization_id: string;
  code: string;
  mode: string;
  bot: string | null;
  event: string | null;
  search_id: string;
  live: boolean;
  ends_at: Date | null;
  retired: boolean;
  company: string;
  channel: string;
  contact: string;
};

/** What is in the map is answered; what is not in it is unknown. While the database is away the last known answers stand. */
export class PressMap {
  readonly connection: StandingConnection;
  private targets = new Map<string, PressTarget>();
  private byPlacement = new Map<string, string>();
  private symbols = new Map<string, PublicSymbol>();
  private drawn = new Map<string, PublicSymbol>();
  private changed = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private refilling: NodeJS.Timeout | undefined;
  private filled = false;

  constructor() {
    this.connection = new StandingConnection({
      name: "damso presses",
      channel: "damso_presses",
      onNotice: (subject) => this.hear(subject),
      onConnected: () => this.fill(),
    });
  }

  /** False until the map was read once: then nothing can be said of any code. */
  get known(): boolean {
    return this.filled;
  }

  get(code: string): PressTarget | undefined {
    return this.targets.get(code);
  }

  /** An artwork that some company uploaded and did not withdraw, by its hex SHA-256. */
  symbol(sha256: string): PublicSymbol | undefined {
    return this.symbols.get(sha256);
  }

  /** The symbol that a company's buttons show now. */
  symbolOf(organizationId: string): PublicSymbol | undefined {
    return this.drawn.get(organizationId);
  }

  /** Resolves when the first try to read the map has ended. */
  async start(): Promise<void> {
    await this.connection.start();
    this.refilling = setInterval(() => {
      if (this.connection.connected) void this.fill().catch(sayStale);
    }, refillMs);
    this.refilling.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.refilling);
    clearTimeout(this.gathering);
    await this.connection.stop();
  }

  private hear(subject: string): void {
    this.changed.add(subject);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      const subjects = [...this.changed];
      this.changed.clear();
      void this.refresh(subjects).catch(sayStale);
    }, gatherMs);
  }

  private async refresh(subjects: readonly string[]): Promise<void> {
    if (subjects.length > manyChanges || subjects.includes("")) return this.fill();
    for (const subject of subjects) {
      const rows = await this.connection.query<Row>("SELECT * FROM damso_press_targets($1)", [subject]);
      if (rows.length === 0) this.drop(subject);
      for (const row of rows) this.put(this.targets, this.byPlacement, row);
    }
  }

  private async fill(): Promise<void> {
    const rows = await this.connection.query<Row>("SELECT * FROM damso_press_targets()");
    const targets = new Map<string, PressTarget>();
    const byPlacement = new Map<string, string>();
    for (const row of rows) this.put(targets, byPlacement, row);
    await this.fillSymbols();
    this.targets = targets;
    this.byPlacement = byPlacement;
    this.filled = true;
  }

  private async fillSymbols(): Promise<void> {
    const symbols = new Map<string, PublicSymbol>();
    const drawn = new Map<string, PublicSymbol>();
    for (const row of await this.connection.query<SymbolRow>("SELECT * FROM damso_consult_symbols()")) {
      const { sha256, file_id: fileId, bytes, width, height } = row;
      const symbol = { sha256, fileId, bytes, width, height };
      symbols.set(sha256, symbol);
      if (row.kind === "symbol" && row.current) drawn.set(row.organization_id, symbol);
    }
    this.symbols = symbols;
    this.drawn = drawn;
  }

  private put(targets: Map<string, PressTarget>, byPlacement: Map<string, string>, row: Row): void {
    targets.set(row.code, {
      placementId: row.placement_id,
      code: row.code,
      owner: `${row.organization_id} ${row.placement_id}`,
      location: consultUrl({ searchId: row.search_id, code: row.code, bot: row.bot, event: row.event }),
      direct: row.mode === "direct",
      live: row.live && !row.retired,
      endsAt: row.ends_at?.getTime() ?? Number.POSITIVE_INFINITY,
      company: row.company,
      channel: row.channel,
      contact: row.contact,
      organizationId: row.organization_id,
    });
    byPlacement.set(row.placement_id, row.code);
  }

  private drop(placementId: string): void {
    const code = this.byPlacement.get(placementId);
    if (code === undefined) return;
    this.byPlacement.delete(placementId);
    this.targets.delete(code);
  }
}

function sayStale(error: unknown): void {
  log("error", "presses.map_stale", errorFields(error));
}
