import { Radio, type RadioGroupProps, Stack } from '@mantine/core';

interface ChoiceGroupProps<Value extends string> extends Omit<RadioGroupProps, 'children'> {
  choices: readonly { value: Value; label: string; description: string; disabled?: boolean }[];
}

/** One of a few, each with what it means. */
export function ChoiceGroup<Value extends string>({ choices, disabled, ...group }: ChoiceGroupProps<Value>) {
  return (
    <Radio.Group {...group}>
      <Stack gap="xs" mt="xs">
        {choices.map((choice) => (
          <Radio key={choice.value} disabled={disabled ?? false} {...choice} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
