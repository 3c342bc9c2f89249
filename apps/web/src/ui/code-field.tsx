import { TextInput, type TextInputProps } from '@mantine/core';

/** Leaves the digits of what was typed or pasted, at most `length`. */
function onlyDigits(value: string, length: number): string {
  return value.replace(/\D/g, '').slice(0, length);
}

interface TotpFieldProps extends Omit<TextInputProps, 'onChange'> {
  /** Called with the digits alone. */
  onChange?: (digits: string) => void;
}

/** A code of an authenticator app: 6 digits, offered by the keyboard of a phone; spaces may be pasted with it. */
export function TotpField({ onChange, ...props }: TotpFieldProps) {
  return (
    <TextInput
      {...props}
      onChange={(event) => onChange?.(onlyDigits(event.currentTarget.value, 6))}
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      styles={{ input: { fontVariantNumeric: 'tabular-nums', letterSpacing: '0.18em' } }}
    />
  );
}

/** A code of an authenticator app or a backup code, whichever is at hand. */
export function AnyCodeField(props: TextInputProps) {
  return <TextInput {...props} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} />;
}
