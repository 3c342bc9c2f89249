/** Words for the values of the API, used by several features. */
export const words = {
  role: { admin: 'Administrator', member: 'Member' },
  access: { read_write: 'Read and write', read_only: 'Read only' },
  status: { active: 'Active', invited: 'Invited', disabled: 'Disabled' },
  kind: { partner: 'Partner', customer: 'Customer' },
  newPassword: {
    rules: 'At least {{count}} characters. Long and unusual is what counts; a few random words are good.',
    tooShort: 'Use at least {{count}} characters.',
    tooLong: 'Use at most {{count}} characters.',
    missing: 'Enter a new password.',
    strength: 'Strength: {{level}}',
    level: { none: 'nothing typed yet', weak: 'weak', fair: 'fair', good: 'good', strong: 'strong' },
  },
} as const;
