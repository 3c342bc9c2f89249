export interface HostMap {
  hosts: string[];
  port: number;
  /** PEM. */
  ca: string;
}

/** See hosts-hook.js. */
export function mapHosts(map: HostMap): () => void;
