export const personalData = {
  title: 'Personal data',
  export: 'Export data',
  exportOwn: 'Export my data',
  exported: 'The file was downloaded.',
} as const;
