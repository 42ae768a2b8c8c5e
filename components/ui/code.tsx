/** Text for a machine, to be read or copied. */
export function Code({ children, label }: { children: string; label: string }) {
  return (
    <figure aria-label={label}>
      <pre className="code">
        <code>{children}</code>
      </pre>
    </figure>
  );
}
