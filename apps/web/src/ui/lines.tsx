import { List } from '@mantine/core';

/** One text as it is, several as a list. */
export function Lines({ children }: { children: readonly string[] }) {
  if (children.length < 2) return children[0];
  return (
    <List size="sm">
      {children.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
