import { Alert, type AlertProps } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

const icons = { green: IconCircleCheck, yellow: IconAlertTriangle, red: IconAlertCircle };

interface NewsProps extends AlertProps {
  color: keyof typeof icons;
  /** False where something else has the focus already. */
  takesFocus?: boolean;
}

/** What has just come of something: takes the focus when it appears, so that it is read out and cannot be missed. */
export function News({ color, takesFocus = true, ...alert }: NewsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  const Icon = icons[color];
  const role = color === 'green' ? 'status' : 'alert';
  return <Alert ref={box} role={role} tabIndex={-1} color={color} icon={<Icon aria-hidden />} {...alert} />;
}
