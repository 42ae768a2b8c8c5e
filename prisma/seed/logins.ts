/** A login of the demonstration company; `role` and `organization` are words for the person who reads them. */
export type DemonstrationLogin = { email: string; password: string; role: string; organization: string };

/** Every login that the demonstration seed makes, in the order to show them. */
export const demonstrationLogins: readonly DemonstrationLogin[] = [];
