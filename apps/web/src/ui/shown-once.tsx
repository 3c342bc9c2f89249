import { Alert, Button, Checkbox, Group, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CopyField } from './copy-field.tsx';
import { Panel } from './panel.tsx';
import { useAskBeforeUnload } from './use-ask-before-unload.ts';

interface ShownOnceProps {
  title: string;
  warning: string;
  text: string;
  /** What the value is. */
  label: string;
  value: string;
  /** What the person ticks once it is kept. */
  saved: string;
  done: string;
  onDone: () => void;
  children?: ReactNode;
}

/** A secret that was just made, until the person says that it is kept. Leaving the site asks first. */
export function ShownOnce({ title, warning, text, label, value, saved, done, onDone, children }: ShownOnceProps) {
  const [isSaved, setSaved] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), []);
  useAskBeforeUnload(true);

  return (
    <Panel>
      <Title order={2} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Title>
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={warning}>
        {text}
      </Alert>
      <CopyField label={label} value={value} />
      {children}
      <Group justify="space-between">
        <Checkbox label={saved} checked={isSaved} onChange={(event) => setSaved(event.currentTarget.checked)} />
        <Button disabled={!isSaved} onClick={onDone}>
          {done}
        </Button>
      </Group>
    </Panel>
  );
}
