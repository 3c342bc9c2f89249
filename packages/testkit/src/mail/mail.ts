/** A mail as its reader sees it. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}
