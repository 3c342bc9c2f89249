/** Whether the service is in test mode: then it marks its page. */
export const isTestMode = (): boolean => document.querySelector('meta[name="sallyport-test-mode"]') !== null;
