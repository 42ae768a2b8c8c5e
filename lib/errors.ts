/** What a sentence of the console may hold: counts, names, dates already written out. */
export type SentenceValues = Record<string, string | number>;

/** The thing is not there, or belongs to another organization: the same answer for both. */
export class NotFound extends Error {
  override readonly name = "NotFound";
  /** Read by Next: a page that lets this through answers 404. */
  readonly digest = "NEXT_HTTP_ERROR_FALLBACK;404";
  constructor(message = "not found") {
    super(message);
  }
}

/** The actor may not do this. */
export class Forbidden extends Error {
  override readonly name = "Forbidden";
  /** Read by Next: a page that lets this through answers 403, so that no page has to remember. */
  readonly digest = "NEXT_HTTP_ERROR_FALLBACK;403";
  constructor(message = "forbidden") {
    super(message);
  }
}

/** A rule says no, and says why: `key` is `"<word>.<key>"` in messages/<locale>/<word>.json. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(
    readonly key: string,
    readonly field?: string,
    readonly values?: SentenceValues,
  ) {
    super(key);
  }
}

/** Somebody else changed the thing first. What was typed is kept beside the sentence of `key`. */
export class Conflict extends Error {
  override readonly name = "Conflict";
  constructor(
    readonly key = "errors.conflict",
    readonly values?: SentenceValues,
  ) {
    super(key);
  }
}
